package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.run.Report;
import java.util.ArrayList;
import java.util.List;

/** What becomes of a load balancer, as people read it. */
public final class ConfigurationText {
    private ConfigurationText() {}

    /**
     * A line for each change, with its differences below it; then how many there are, and what to beware of. A line of what is
     * added begins with a plus, of what is removed with a minus, of what is changed with a tilde, behind its indentation.
     *
     * @param report of {@link Operation.Configuring}
     * @param check whether it was only to say what it would do
     */
    public static List<String> of(Report report, boolean check) {
        List<String> lines = new ArrayList<>();
        JsonNode result = report.result();
        result.path(Configuration.CHANGES).forEach(change -> {
            lines.add("%s %s"
                    .formatted(
                            sign(change.path("about").path("effect").asText()),
                            change.path("msg").asText()));
            change.path("diff").forEach(each -> lines.add("    " + Difference.of(each)));
        });
        result.path("warnings").forEach(warning -> lines.add("! " + warning.asText()));
        lines.add(report.service() + ": " + sum(result, check));
        return List.copyOf(lines);
    }

    private static String sign(String effect) {
        return switch (effect) {
            case "added" -> "+";
            case "removed" -> "-";
            default -> "~";
        };
    }

    private static String sum(JsonNode result, boolean check) {
        if (result.path(Configuration.CHANGES).isEmpty()) {
            return "nothing to change";
        }
        JsonNode counts = result.path(Configuration.COUNTS);
        String to = check ? "to be " : "";
        return String.join(
                ", ",
                Configuration.EFFECTS.stream()
                        .map(Effect::code)
                        .filter(each -> counts.path(each).asInt() > 0)
                        .map(each -> "%d %s%s".formatted(counts.path(each).asInt(), to, each))
                        .toList());
    }
}
