package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.change.Drain;
import io.jenkins.plugins.iplb.change.EnableHttp2;
import io.jenkins.plugins.iplb.change.EnsureFarm;
import io.jenkins.plugins.iplb.change.EnsureFrontend;
import io.jenkins.plugins.iplb.change.EnsureServer;
import io.jenkins.plugins.iplb.change.EnsureVrackNetwork;
import io.jenkins.plugins.iplb.change.SetService;
import io.jenkins.plugins.iplb.change.SwitchFarm;
import io.jenkins.plugins.iplb.change.Undrain;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Attributes;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The kinds of objects whose states before and after are in a record. */
enum RecordedKind {
    FARM("farmId", EnsureFarm.FIELDS, "ensure-farm", "set-stickiness", "remove-farm"),
    FRONTEND(
            "frontendId",
            EnsureFrontend.FIELDS,
            "ensure-frontend",
            "dedicate-failover",
            SwitchFarm.OPERATION,
            "remove-frontend"),
    SERVER("serverId", EnsureServer.FIELDS, "ensure-server", Drain.OPERATION, Undrain.OPERATION, "remove-server"),
    ROUTE("routeId", null, "add-route", EnableHttp2.OPERATION, "remove-route"),
    RULE("ruleId", null, "add-rule", "remove-rule"),
    ADDRESS("ip", null, "move-failover", "park-failover"),
    SERVICE("", SetService.FIELDS, "set-service"),
    NETWORK("vrackNetworkId", EnsureVrackNetwork.FIELDS, "ensure-vrack-network", "remove-vrack-network"),
    CERTIFICATE("certificateId", null, "ensure-certificate");

    /** What the result of its operations calls its id. */
    final String id;

    /** What there is to say of it; null for what is not said in fields. */
    final Attributes attributes;

    private final Set<String> operations;

    RecordedKind(String id, Attributes attributes, String... operations) {
        this.id = id;
        this.attributes = attributes;
        this.operations = Set.of(operations);
    }

    /** That of what an entry is about; empty for what a record does not know well enough. */
    static Optional<RecordedKind> of(RecordedEntry entry) {
        return Arrays.stream(values())
                .filter(kind -> kind.operations.contains(entry.operation()))
                .findFirst();
    }

    /**
     * An entry about several objects as so many about one each: of those that it has made different. Any other is the one that it
     * is.
     */
    static Stream<RecordedEntry> each(RecordedEntry entry) {
        if (!entry.before().isArray() || !entry.after().isArray()) {
            return Stream.of(entry);
        }
        String id = of(entry).orElseThrow().id;
        return entry.before()
                .valueStream()
                .flatMap(before -> entry.after()
                        .valueStream()
                        .filter(after -> after.path(id).equals(before.path(id)) && !after.equals(before))
                        .map(after -> entry.about(
                                before,
                                after,
                                new Fields((ObjectNode) entry.result())
                                        .with(id, before.path(id))
                                        .json())));
    }

    /** By which entries about one object are known. */
    String key(RecordedEntry entry) {
        String protocol = entry.wanted().path("protocol").asText();
        return switch (this) {
            case SERVER ->
                key(protocol, entry.result().path(FARM.id), entry.result().path(id));
            case RULE -> this + entry.id();
            case ADDRESS -> this + entry.wanted().path("ip").asText();
            default -> key(protocol, "", entry.result().path(id));
        };
    }

    String key(String protocol, Object inside, Object id) {
        return "%s %s %s %s".formatted(this, protocol, inside, id);
    }
}
