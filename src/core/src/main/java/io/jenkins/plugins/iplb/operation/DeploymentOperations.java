package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Values;
import java.util.List;
import java.util.Optional;

/** What runs something of the user's between its own steps: for the faces that can. */
public final class DeploymentOperations {
    private static final int ONE = 1;

    public static final OperationType ROLLING = OperationType.of(
                    "rolling",
                    "Takes the servers of a farm out, some at a time, waits until they are empty, runs something for them, and puts them back.")
            .on("farm", Protocol.HTTP, Protocol.TCP, Protocol.UDP)
            .needs(Catalogue.farm("The farm"))
            .takes(
                    Catalogue.zone("Only the farm in this zone"),
                    Parameter.of(
                            AtOnce.PARAMETER,
                            Values.text("N|N%", AtOnce.ALLOWED),
                            "How many go at the same time. Default: one"),
                    Parameter.of("keep", Values.number(1, 1000), "How many must take part at any time. Default: 1"))
            .takes(Catalogue.emptying())
            .atMostOne(Catalogue.EMPTYING)
            .changes(given -> new Operation.Rolling(
                    given.text("service"),
                    given.protocol(),
                    given.inZone("farm"),
                    new AtOnce(Optional.ofNullable(given.text(AtOnce.PARAMETER)).orElse("1")),
                    given.number("keep").orElse(ONE),
                    Catalogue.emptying(given, 2)));

    public static final OperationType SHIFTING = OperationType.of(
                    "shift",
                    "Moves the traffic of a farm from some of its servers to others, share by share: sets their weights, refreshes, runs something, waits.")
            .on("farm", Protocol.HTTP, Protocol.TCP)
            .needs(
                    Catalogue.farm("The farm"),
                    Catalogue.servers("from", "A server that it moves away from, by its id, its name, or its address"),
                    Catalogue.servers("to", "A server that it moves to"),
                    Parameter.of(
                            "steps",
                            Values.PERCENTAGES,
                            "The share of those together in percent; it rises from step to step"))
            .takes(
                    Parameter.of("every", Values.DURATION, "Wait so long before the next step. Default: not at all"),
                    Catalogue.zone("Only the farm in this zone"))
            .changes(given -> new Operation.Shifting(
                    given.text("service"),
                    given.protocol(),
                    given.inZone("farm"),
                    Catalogue.references(given, "from"),
                    Catalogue.references(given, "to"),
                    given.list("steps").orElseThrow().stream()
                            .map(JsonNode::intValue)
                            .toList(),
                    Optional.ofNullable(given.text("every"))));

    private DeploymentOperations() {}

    public static List<OperationType> all() {
        return List.of(ROLLING, SHIFTING);
    }

    /** Empty when none of them is called so. */
    public static Optional<OperationType> find(String name) {
        return all().stream().filter(each -> each.name().equals(name)).findFirst();
    }
}
