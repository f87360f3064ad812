package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.change.Plan;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.parameter.Value;
import io.jenkins.plugins.iplb.record.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * How a record has left an object, so that who undoes that undoes nothing of somebody else.
 *
 * @param object the fields that matter, in OVH's words; JSON null when there was none any more
 */
record Left(JsonNode object) {

    /** @throws IplbException saying what is something else now */
    void mustBe(Plan plan) {
        List<String> other = new ArrayList<>();
        if (object.isNull() && !plan.before().isNull()) {
            other.add("there is one again");
        }
        object.properties().forEach(field -> {
            JsonNode now = plan.before().path(field.getKey());
            boolean isLeft = same(now, field.getValue());
            boolean isUndoneAlready = same(now, plan.after().path(field.getKey()))
                    && !plan.after().isNull();
            if (!isLeft && !isUndoneAlready) {
                other.add("%s is %s, and was left %s".formatted(field.getKey(), shown(now), shown(field.getValue())));
            }
        });
        if (!other.isEmpty()) {
            throw new IplbException(
                    FailureKind.CONFLICT,
                    "%s, but somebody has changed that since: %s"
                            .formatted(plan.about().sentence(Stage.PLANNED), String.join(", ", other)));
        }
    }

    /** Rules have ids where OVH lists them, and none where they are planned. */
    private static boolean same(JsonNode one, JsonNode other) {
        if (one.isArray() && other.isArray() && !one.isEmpty()) {
            return one.size() == other.size()
                    && elements(one).containsAll(elements(other))
                    && elements(other).containsAll(elements(one));
        }
        return one.isObject() || other.isObject()
                ? withoutIds(one).equals(withoutIds(other))
                : Value.normal(one).equals(Value.normal(other));
    }

    private static List<JsonNode> elements(JsonNode list) {
        List<JsonNode> all = new ArrayList<>();
        list.forEach(each -> all.add(withoutIds(each)));
        return all;
    }

    private static JsonNode withoutIds(JsonNode node) {
        if (!node.isObject()) {
            return Value.normal(node);
        }
        ObjectNode said = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(field -> {
            boolean isSaid =
                    !Value.normal(field.getValue()).isNull() && !field.getKey().equals("ruleId");
            if (isSaid) {
                said.set(field.getKey(), withoutIds(field.getValue()));
            }
        });
        return said;
    }

    private static String shown(JsonNode value) {
        return Value.normal(value).isNull() ? "nothing" : value.toString();
    }
}
