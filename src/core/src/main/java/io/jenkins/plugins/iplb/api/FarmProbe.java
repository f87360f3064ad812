package io.jenkins.plugins.iplb.api;

import java.util.List;

/**
 * A kind of probe that a load balancer offers to its farms.
 *
 * @param type what is spoken with the server
 * @param method how it may ask; empty where there is no choice
 * @param matches what an answer may be compared by
 * @param negatableMatches those of them that may be turned round
 */
public record FarmProbe(String type, List<String> method, List<String> matches, List<String> negatableMatches) {

    public FarmProbe {
        method = method == null ? List.of() : List.copyOf(method);
        matches = List.copyOf(matches);
        negatableMatches = List.copyOf(negatableMatches);
    }
}
