package io.jenkins.plugins.iplb.api;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** How many staged changes wait for a refresh in one zone. */
public record PendingChange(String zone, int number) {
    public PendingChange {
        Objects.requireNonNull(zone, "zone");
    }

    /** The zones in which something is pending. */
    public static Zones zones(List<PendingChange> pending) {
        return Zones.of(pending.stream().map(PendingChange::zone).toList());
    }

    /** As a person reads it: {@code 2 in gra, 1 in rbx}. */
    public static String shown(List<PendingChange> pending) {
        return pending.stream()
                .map(each -> each.number() + " in " + each.zone())
                .collect(Collectors.joining(", "));
    }
}
