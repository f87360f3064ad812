package io.jenkins.plugins.iplb.sandbox.traffic;

import java.util.Arrays;
import java.util.List;

/** What HAProxy counts at its frontends: its own command line, over which it is asked, is none of them. */
public record Counters(long connections, long requests) {
    static final Counters NONE = new Counters(0, 0);

    Counters and(Counters other) {
        return new Counters(connections + other.connections, requests + other.requests);
    }

    /** @param csv as {@code show stat} gives it for frontends */
    static Counters of(String csv) {
        List<String[]> rows = csv.lines()
                .filter(line -> !line.isBlank())
                .map(line -> line.replaceFirst("^# ", "").split(",", -1))
                .toList();
        return new Counters(sum(rows, "conn_tot"), sum(rows, "req_tot"));
    }

    private static long sum(List<String[]> rows, String column) {
        int at = rows.isEmpty() ? -1 : Arrays.asList(rows.get(0)).indexOf(column);
        return at < 0
                ? 0
                : rows.stream()
                        .skip(1)
                        .map(row -> row[at])
                        .filter(text -> !text.isEmpty())
                        .mapToLong(Long::parseLong)
                        .sum();
    }
}
