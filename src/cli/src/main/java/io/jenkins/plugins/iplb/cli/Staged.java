package io.jenkins.plugins.iplb.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.file.ChangeFile;
import io.jenkins.plugins.iplb.file.Export;
import io.jenkins.plugins.iplb.file.Parts;
import io.jenkins.plugins.iplb.file.WantedState;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.ovh.Credentials;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.process.Rehearsal;
import io.jenkins.plugins.iplb.sandbox.auth.SandboxCredentials;
import io.jenkins.plugins.iplb.sandbox.explain.Stage;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Load balancers as a change file says them, or one as OVH has it staged: made live in a world of their own. */
record Staged(World world, List<String> services) {
    private static final String FILE = "file";
    private static final String ZONES = "zones";
    private static final String IPS = "ips";
    private static final String CERTIFICATES = "certificates";

    /**
     * @param name what messages call the file
     * @param zones those of the load balancers; empty = those that the file names
     */
    static Staged of(String name, String text, Function<String, Optional<String>> values, Collection<String> zones) {
        return on(new Stage(), name, ChangeFile.read(name, text, values), zones);
    }

    /** Reads a load balancer, and changes nothing. Of its certificates the names are known, and nothing else. */
    static Staged of(String service, Execution execution) {
        JsonNode read = execution
                .of(new Operation.Reading(execution.command(), service, Staged::told))
                .result();
        ChangeFile file = ChangeFile.read(service, read.path(FILE).asText(), unknown -> Optional.empty());
        List<String> zones = texts(read.path(ZONES));
        Stage stage = new Stage().with(service, zones, texts(read.path(IPS)), false);
        read.path(CERTIFICATES)
                .forEach(each -> stage.world()
                        .service(service)
                        .certificate(
                                each.path("id").asLong(),
                                each.path("displayName").asText(null),
                                texts(each.path("san"))));
        return on(stage, service, file, zones);
    }

    private static Staged on(Stage stage, String name, ChangeFile file, Collection<String> zones) {
        for (WantedState state : file.loadBalancers()) {
            stage.with(
                    state.service(), zones.isEmpty() ? state.zones() : zones, state.additionalIps(), state.isInVrack());
        }
        SandboxCredentials keys = stage.credentials();
        Rehearsal.of(
                name,
                file,
                stage.client(),
                new Credentials.ApplicationKeys(keys.applicationKey(), keys.applicationSecret(), keys.consumerKey()));
        return new Staged(
                stage.world(),
                file.loadBalancers().stream().map(WantedState::service).toList());
    }

    private static ObjectNode told(Snapshot lb) {
        return Fields.none()
                .with(FILE, Export.of(lb, Parts.ALL))
                .with(ZONES, lb.loadBalancer().zones())
                .with(IPS, lb.failoverIps())
                .with(
                        CERTIFICATES,
                        lb.certificates().stream()
                                .map(certificate -> Fields.none()
                                        .with("id", certificate.id())
                                        .with("displayName", certificate.displayName())
                                        .with("san", certificate.san())
                                        .json())
                                .toList())
                .json();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }

    /** The one that is meant. @param named empty where there is but one */
    String service(Optional<String> named) {
        if (named.isEmpty() && services.size() > 1
                || !named.map(services::contains).orElse(true)) {
            throw new InvalidInput("service", named.orElse(null), "one of " + String.join(", ", services));
        }
        return named.orElse(services.get(0));
    }
}
