package io.jenkins.plugins.iplb.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.ovh.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What several took for the same thing: medians, and what part of another's they are, as a table and as JSON. */
final class Comparison<T> {
    private final Map<String, List<T>> all;
    private final Table table;
    private final ObjectNode json = Json.MAPPER.createObjectNode();

    /** @param all what was measured, by who was */
    Comparison(String title, Map<String, List<T>> all) {
        this.all = all;
        this.table = new Table().row(title, List.copyOf(all.keySet()));
        all.keySet().forEach(json::putObject);
    }

    /**
     * Adds a figure.
     *
     * @param format of one, such as {@code %.3f}
     * @param bases those whose part the figures are to be shown as, if they are there
     */
    Comparison<T> row(String name, String format, ToDoubleFunction<T> figure, String... bases) {
        Map<String, Double> medians = new LinkedHashMap<>();
        all.forEach((peer, figures) ->
                medians.put(peer, figures.stream().mapToDouble(figure).sorted().toArray()[figures.size() / 2]));
        medians.forEach((peer, median) -> json.withObject("/" + peer).put(name, median));
        table.row(name, medians.values().stream().map(format::formatted).toList());
        for (String base : bases) {
            if (medians.containsKey(base)) {
                medians.forEach((peer, median) ->
                        json.withObject("/" + peer).put(name + "/" + base, median / medians.get(base)));
                table.row(
                        "  as part of " + base + "'s",
                        medians.values().stream()
                                .map(median -> "%.2f".formatted(median / medians.get(base)))
                                .toList());
            }
        }
        return this;
    }

    /** For people. */
    @Override
    public String toString() {
        return table.toString();
    }

    ObjectNode json() {
        return json;
    }
}
