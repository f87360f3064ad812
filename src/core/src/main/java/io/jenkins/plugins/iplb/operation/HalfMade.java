package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.change.Changes;
import io.jenkins.plugins.iplb.change.EnableHttp2;
import io.jenkins.plugins.iplb.change.Plan;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.OvhException;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import java.util.Map;
import java.util.Optional;

/**
 * What there is of changes that did not come to their end. Each is planned once more: what that finds is what has been made
 * of it.
 */
final class HalfMade {
    private final OvhSession ovh;
    private final Snapshot snapshot;

    HalfMade(OvhSession ovh, String service) {
        this.ovh = ovh;
        this.snapshot = new Snapshot(ovh, service);
    }

    /** The entry as if it had ended with what is there. @throws IplbException when that cannot be seen */
    RecordedEntry ended(RecordedEntry entry) {
        try {
            Plan now = new Changes(ovh, snapshot).planned(change(entry));
            return entry.found(now.before(), now.knownResult());
        } catch (OvhException e) {
            throw e;
        } catch (IplbException e) {
            throw Rollback.refused("%s did not come to its end, and what there is of it cannot be seen: %s"
                    .formatted(Rollback.said(entry), e.getMessage()));
        }
    }

    private static Change change(RecordedEntry entry) {
        JsonNode wanted = entry.wanted();
        if (entry.operation().equals(EnableHttp2.OPERATION)) {
            return new EnableHttp2(
                    entry.service(),
                    Protocol.parse(wanted.path("protocol").asText()),
                    new Reference(wanted.path("frontend").asText()),
                    Optional.ofNullable(wanted.path("farm").textValue()).map(Reference::new));
        }
        OperationType type = Catalogue.named(entry.operation());
        Operation operation = type.operation(given(type, entry));
        if (operation instanceof Operation.MakingLive live) {
            return live.change();
        }
        if (operation instanceof Operation.Changing changing) {
            return changing.change();
        }
        throw Rollback.refused("it is more than one change");
    }

    /** What the record has in parts is given as a whole, and the other way round. */
    private static Fields given(OperationType type, RecordedEntry entry) {
        Fields given = Fields.none();
        for (Map.Entry<String, JsonNode> each : entry.wanted().properties()) {
            Optional<Parameter> parameter = type.find(each.getKey());
            if (parameter.isPresent() && !each.getValue().isObject()) {
                boolean isSaid = !each.getValue().isNull() || parameter.get().canBeReset();
                given = isSaid ? given.with(each.getKey(), each.getValue()) : given;
            } else if (type.find("says").isPresent()) {
                given = given.with("says", each.getValue());
            } else {
                given = given.and(new Fields((ObjectNode) each.getValue()));
            }
        }
        return type.find(OperationType.SERVICE).isPresent()
                ? given.with(OperationType.SERVICE, entry.service())
                : given;
    }
}
