package io.jenkins.plugins.iplb.operation;

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

    private DeploymentOperations() {}

    public static List<OperationType> all() {
        return List.of(ROLLING);
    }
}
