package io.jenkins.plugins.iplb.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.jenkins.plugins.iplb.ovh.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Figures side by side: one row for each thing that is measured, one column for each case. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table row(String what, List<?> figures) {
        List<String> row = new ArrayList<>(List.of(what));
        figures.forEach(
                figure -> row.add(figure instanceof Number number ? "%,d".formatted(number) : figure.toString()));
        rows.add(row);
        return this;
    }

    /** The same, row by row. */
    ArrayNode json() {
        ArrayNode json = Json.MAPPER.createArrayNode();
        rows.forEach(row -> row.forEach(json.addArray()::add));
        return json;
    }

    @Override
    public String toString() {
        int columns = rows.get(0).size();
        int[] widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, columns)
                        .mapToObj(column ->
                                ("%" + (column == 0 ? "-" : "") + widths[column] + "s").formatted(row.get(column)))
                        .collect(Collectors.joining("   ")))
                .collect(Collectors.joining("\n"));
    }
}
