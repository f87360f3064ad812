package io.jenkins.plugins.iplb.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.change.EnsureVrackNetwork;
import io.jenkins.plugins.iplb.change.Others;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Wish;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a file wants of one load balancer. What it does not mention is not touched.
 *
 * @param others what collections are to hold nothing beside
 */
public record WantedState(String service, List<Wish> wishes, List<Others> others) {

    /** The zones that it names, in the order of their names. */
    public Collection<String> zones() {
        Set<String> zones = new TreeSet<>();
        said("zone").forEach(zones::add);
        zones.remove("all");
        return zones;
    }

    /** The additional IPs that it names. */
    public Collection<String> additionalIps() {
        Set<String> ips = new TreeSet<>();
        Stream.concat(said("ip"), said("ips")).forEach(ips::add);
        return ips;
    }

    /** Whether it wants networks of a vRack. */
    public boolean isInVrack() {
        return wishes.stream().anyMatch(wish -> wish.change() instanceof EnsureVrackNetwork);
    }

    private Stream<String> said(String parameter) {
        return wishes.stream()
                .map(wish -> wish.change().wanted().json().path(parameter))
                .flatMap(said -> said.isArray() ? said.valueStream() : Stream.of(said))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue);
    }

    /** What makes it so. @param refresh whether to make it live too */
    public Operation.Configuring operation(boolean refresh) {
        return new Operation.Configuring(service, wishes, others, Optional.empty(), refresh);
    }
}
