package io.jenkins.plugins.iplb.api;

import java.util.List;
import java.util.Map;

/**
 * The services that a block of addresses may be moved to: up to a hundred were seen on a real account.
 *
 * @param byKind by OVH's word for their kind, such as {@code vps}; kinds without any are left out
 */
public record Destinations(Map<String, List<String>> byKind) {
    public List<String> services() {
        return byKind.values().stream().flatMap(List::stream).toList();
    }
}
