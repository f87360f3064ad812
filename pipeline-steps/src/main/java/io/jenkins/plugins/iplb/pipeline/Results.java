package io.jenkins.plugins.iplb.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.ConfigurationText;
import io.jenkins.plugins.iplb.operation.DriftText;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.record.RecordedError;
import io.jenkins.plugins.iplb.run.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a step returns: maps, lists, strings, longs, doubles, booleans and nulls, so that a Pipeline may keep it in a variable
 * across a restart, and its sandbox lets all of it be read.
 */
final class Results {
    private Results() {}

    /**
     * {@code changed}, {@code msg} (what was done, in a sentence) and {@code about} (the same in parts) unless it only
     * looked, the fields of the result, and {@code diff}.
     *
     * @param dryRun whether it was only to say what it would do
     */
    static Map<String, Object> of(Report report, boolean dryRun) {
        return map(Fields.none()
                .with("changed", report.changed())
                .withPresent("msg", report.about().map(known -> report.headline(dryRun, "force: true")))
                .withPresent("about", report.about())
                .json()
                .<ObjectNode>setAll(report.result())
                .<ObjectNode>set(
                        "diff", Fields.none().with("diff", report.diff()).get("diff")));
    }

    /** What went wrong, in the words of the record. */
    static Map<String, Object> of(IplbException failure) {
        RecordedError error = Report.error(failure);
        return map(Fields.none()
                .with("changed", false)
                .with("failed", true)
                .with("error", error)
                .json());
    }

    /** What becomes of a whole load balancer, counted, and as people read it. */
    static Map<String, Object> ofConfiguration(Report report, boolean check) {
        ObjectNode counted = report.result().deepCopy();
        counted.put("changed", report.changed());
        counted.put("changes", report.result().path("changes").size());
        Map<String, Object> map = map(counted);
        map.put("text", String.join("\n", ConfigurationText.of(report, check)));
        return map;
    }

    /** What has drifted, and the same as people read it. */
    static Map<String, Object> ofDrift(Report report) {
        Map<String, Object> map = map(report.result());
        map.put("text", String.join("\n", DriftText.of(report)));
        return map;
    }

    /** What was found, and nothing else. */
    static Map<String, Object> ofFacts(Report report) {
        return map(report.result());
    }

    private static Map<String, Object> map(ObjectNode object) {
        Map<String, Object> map = new LinkedHashMap<>();
        object.properties().forEach(field -> map.put(field.getKey(), value(field.getValue())));
        return map;
    }

    private static Object value(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return map(object);
        }
        if (node.isArray()) {
            List<Object> list = new ArrayList<>();
            node.forEach(each -> list.add(value(each)));
            return list;
        }
        if (node.isIntegralNumber()) {
            return node.longValue();
        }
        if (node.isFloatingPointNumber()) {
            return node.doubleValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNull() ? null : node.asText();
    }
}
