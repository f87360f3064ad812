package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.run.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is not as it was meant to be, as people read it. */
public final class DriftText {
    private DriftText() {}

    /**
     * A line for each object, with what is different below it; then what is pending, and how much there is of all. A line
     * of what is missing begins with a minus, of what should not be there with a plus, of what is different with a tilde.
     *
     * @param report of {@link Operation.Drifting}
     */
    public static List<String> of(Report report) {
        List<String> lines = new ArrayList<>();
        JsonNode result = report.result();
        result.path(Drift.DIFFERENCES).forEach(each -> {
            lines.add("%s %s"
                    .formatted(
                            sign(each.path("state").asText()), each.path("msg").asText()));
            each.path("fields").forEach(field -> lines.add("    " + field(field)));
        });
        result.path(Drift.UNCLEAR).forEach(each -> lines.add("! what this has left is not known: " + each.asText()));
        result.path(Drift.PENDING)
                .forEach(each -> lines.add((each.path(Drift.OVERDUE).asBoolean() ? "! " : "  ") + pending(each)));
        lines.add(report.service() + ": " + sum(result));
        return List.copyOf(lines);
    }

    private static String sign(String state) {
        return switch (state) {
            case "missing" -> "-";
            case "unexpected" -> "+";
            default -> "~";
        };
    }

    private static String field(JsonNode field) {
        Difference difference = new Difference(field.path("path").asText(), field.get("actual"), field.get("expected"));
        return "%s: %s instead of %s"
                .formatted(
                        difference.path(),
                        difference.was().orElse("none"),
                        difference.becomes().orElse("none"));
    }

    private static String pending(JsonNode zone) {
        int unexplained = zone.path("unexplained").asInt();
        String since = zone.path("since").asText("");
        String who = String.join(", ", by(zone.path("by")));
        return "pending in %s: %d%s%s"
                .formatted(
                        zone.path("zone").asText(),
                        zone.path("number").asInt(),
                        since.isEmpty() ? "" : " since %s%s".formatted(since, who.isEmpty() ? "" : " (" + who + ")"),
                        unexplained == 0 ? "" : ", %d of them explained by no known record".formatted(unexplained));
    }

    private static List<String> by(JsonNode by) {
        List<String> facts = new ArrayList<>();
        by.properties().forEach(fact -> facts.add(fact.getValue().asText()));
        return facts;
    }

    private static String sum(JsonNode result) {
        List<String> parts = Stream.concat(
                        Stream.of("missing", "different", "unexpected")
                                .filter(each -> count(result, each) > 0)
                                .map(each -> "%d %s".formatted(count(result, each), each)),
                        Stream.of("pending for too long")
                                .filter(each -> result.path(Drift.OVERDUE).asBoolean()))
                .toList();
        return parts.isEmpty() ? "no drift" : String.join(", ", parts);
    }

    private static int count(JsonNode result, String state) {
        return result.path("counts").path(state).asInt();
    }
}
