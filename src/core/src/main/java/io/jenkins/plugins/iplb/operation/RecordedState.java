package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.change.Plan;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.parameter.Value;
import io.jenkins.plugins.iplb.record.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * How a record has left an object, so that who undoes that undoes nothing of somebody else.
 *
 * @param entry the id of its entry
 * @param object the fields that matter, in OVH's words; JSON null when there was none any more
 */
record RecordedState(String entry, JsonNode object) {

    /** @throws IplbException saying what is something else now */
    void mustBe(Plan plan) {
        List<String> other = new ArrayList<>();
        if (object.isNull() && !plan.before().isNull()) {
            other.add("there is one again");
        }
        object.properties().forEach(field -> {
            JsonNode now = plan.before().path(field.getKey());
            boolean isLeft = holds(now, field.getValue());
            boolean isUndoneAlready =
                    plan.after().has(field.getKey()) && holds(now, plan.after().path(field.getKey()));
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

    /** Whether what is there has all that was left. What OVH has filled in by itself, such as ids, was not written. */
    private static boolean holds(JsonNode there, JsonNode left) {
        if (left.isObject()) {
            return left.properties().stream().allMatch(field -> holds(there.path(field.getKey()), field.getValue()));
        }
        if (left.isArray() && !left.isEmpty()) {
            return there.size() == left.size()
                    && elements(left).allMatch(each -> elements(there).anyMatch(other -> holds(other, each)));
        }
        return Value.normal(there).equals(Value.normal(left));
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    private static String shown(JsonNode value) {
        return Value.normal(value).isNull() ? "nothing" : value.toString();
    }
}
