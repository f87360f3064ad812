package io.jenkins.plugins.iplb.jenkins.freestyle;

import com.fasterxml.jackson.databind.JsonNode;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.model.EnvironmentContributingAction;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ids of what build steps have made or found, as variables for the steps after them: {@code IPLB_ROUTE_ID}, {@code
 * IPLB_RULE_ID}, {@code IPLB_FRONTEND_ID}, {@code IPLB_FARM_ID} and {@code IPLB_TASK_ID}. Of several, the last.
 */
public final class MadeIds extends InvisibleAction implements EnvironmentContributingAction {
    private static final Map<String, String> VARIABLES = Map.of(
            "routeId", "IPLB_ROUTE_ID",
            "ruleId", "IPLB_RULE_ID",
            "ruleIds", "IPLB_RULE_ID",
            "frontendId", "IPLB_FRONTEND_ID",
            "farmId", "IPLB_FARM_ID",
            "taskId", "IPLB_TASK_ID",
            "tasks", "IPLB_TASK_ID");

    private final Map<String, String> variables = new ConcurrentHashMap<>();

    static synchronized MadeIds of(Run<?, ?> run) {
        MadeIds known = run.getAction(MadeIds.class);
        if (known != null) {
            return known;
        }
        MadeIds added = new MadeIds();
        run.addAction(added);
        return added;
    }

    /** @param result of an operation */
    void add(JsonNode result) {
        VARIABLES.forEach((field, variable) -> {
            JsonNode id = last(result.path(field));
            if (id.isIntegralNumber()) {
                variables.put(variable, id.asText());
            }
        });
    }

    private static JsonNode last(JsonNode value) {
        JsonNode last = value.isArray() ? value.path(value.size() - 1) : value;
        return last.isObject() ? last.path("id") : last;
    }

    @Override
    public void buildEnvironment(@NonNull Run<?, ?> run, @NonNull EnvVars env) {
        env.putAll(variables);
    }
}
