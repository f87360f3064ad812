package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.iplb.check.CheckTarget;
import io.jenkins.plugins.iplb.check.ShownCertificate;
import io.jenkins.plugins.iplb.check.TrafficCheck;
import io.jenkins.plugins.iplb.check.TrafficProof;
import io.jenkins.plugins.iplb.ovh.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a check of traffic has counted so far.
 *
 * @param tallies of each target, in their order
 * @param next which of them is asked next
 */
public record TrafficState(List<Tally> tallies, int next) {

    /**
     * What one place has answered.
     *
     * @param place as HOST:PORT
     * @param row how many of the last answers were good, without a bad one between them
     * @param firstBad what was wrong the first time; null as long as nothing was
     * @param protocol of the last answer, as status and certificate are; null as long as there was none
     */
    public record Tally(
            String place,
            int asked,
            int good,
            int row,
            String firstBad,
            String protocol,
            Integer status,
            ShownCertificate certificate) {

        private static Tally of(CheckTarget target) {
            return new Tally(target.place(), 0, 0, 0, null, null, null, null);
        }

        int bad() {
            return asked - good;
        }

        private Tally and(TrafficCheck.Look look) {
            return new Tally(
                    place,
                    asked + 1,
                    look.isGood() ? good + 1 : good,
                    look.isGood() ? row + 1 : 0,
                    firstBad != null ? firstBad : look.objection().orElse(null),
                    look.protocol().orElse(protocol),
                    look.status().orElse(status),
                    look.certificate().orElse(certificate));
        }

        /** Whoever was away for a while does not know what was answered meanwhile. */
        private Tally resumed() {
            return new Tally(place, asked, good, 0, firstBad, protocol, status, certificate);
        }
    }

    static TrafficState start(TrafficProof proof) {
        return new TrafficState(proof.targets().stream().map(Tally::of).toList(), 0);
    }

    /** What {@link #toJson} wrote. @throws IllegalArgumentException for anything else */
    public static TrafficState fromJson(String json) {
        try {
            return Json.MAPPER.readValue(json, TrafficState.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not what a check of traffic has counted", e);
        }
    }

    public String toJson() {
        return Json.MAPPER.valueToTree(this).toString();
    }

    /** Whether it has counted no bad answer more: a crash between the two loses nothing that counts after it. */
    public boolean standsWhere(TrafficState earlier) {
        return bad() == earlier.bad();
    }

    /** To go on after a restart: what was counted stays, and what must come in a row begins anew. */
    TrafficState resumed() {
        return new TrafficState(tallies.stream().map(Tally::resumed).toList(), 0);
    }

    TrafficState and(TrafficCheck.Look look) {
        List<Tally> counted = new ArrayList<>(tallies);
        counted.set(next, counted.get(next).and(look));
        return new TrafficState(List.copyOf(counted), (next + 1) % tallies.size());
    }

    int bad() {
        return tallies.stream().mapToInt(Tally::bad).sum();
    }

    /** Whether all places have been asked equally often. */
    boolean endsRound() {
        return next == 0;
    }

    /** Whether each place, as it answers now, has proven it. */
    boolean proves(TrafficProof proof) {
        return tallies.stream().allMatch(tally -> tally.row() >= proof.times());
    }

    /** The places that have not proven it. */
    Stream<Tally> open(TrafficProof proof) {
        return tallies.stream().filter(tally -> tally.row() < proof.times());
    }
}
