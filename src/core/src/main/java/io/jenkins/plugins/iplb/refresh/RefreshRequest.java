package io.jenkins.plugins.iplb.refresh;

import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.api.Zones;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Subject;
import java.util.List;

/**
 * The wish that what is staged goes live.
 *
 * @param zones all, or at least one
 * @param force whether to refresh even what has nothing pending
 * @param untilDone whether to wait until it is through
 * @param exclusive whether it takes a refresh of its own, asked for by nobody else and for no other zones than these;
 *     what OVH makes live is everything that is staged in them all the same
 * @param foreignChanges what to do about pending changes that no known record explains; null for {@link
 *     ForeignChanges#WARN}
 */
public record RefreshRequest(
        String service,
        Zones zones,
        boolean force,
        boolean untilDone,
        boolean exclusive,
        ForeignChanges foreignChanges) {
    public static final String OPERATION = "refresh";

    public RefreshRequest {
        service = ServiceName.parse(service);
        foreignChanges = foreignChanges == null ? ForeignChanges.WARN : foreignChanges;
        if (zones.isNone() || zones.names().contains("")) {
            throw new InvalidInput("zones", "", "all, or a zone of " + service);
        }
        if (!untilDone && zones.names().size() > 1) {
            throw new InvalidInput(
                    "zones", zones.toString(), "one zone or all when not waiting: OVH refreshes one after the other");
        }
    }

    /** @param zones their names; none, or {@code all} among them, for all zones */
    public RefreshRequest(
            String service,
            List<String> zones,
            boolean force,
            boolean untilDone,
            boolean exclusive,
            ForeignChanges foreignChanges) {
        this(service, Zones.refreshed(zones), force, untilDone, exclusive, foreignChanges);
    }

    /** One that may be shared with others, and warns of foreign changes. */
    public RefreshRequest(String service, List<String> zones, boolean force, boolean untilDone) {
        this(service, zones, force, untilDone, false, ForeignChanges.WARN);
    }

    public Fields wanted() {
        return Fields.none()
                .with("zones", zones.names())
                .with("force", force)
                .with("wait", untilDone)
                .with("exclusive", exclusive)
                .with("foreignChanges", foreignChanges.code());
    }

    /** What it does, in the record. */
    public About about() {
        return new About(Effect.REFRESHED, Subject.of(Kind.LOAD_BALANCER, service));
    }

    /** What is pending in the zones that it is about. */
    List<PendingChange> covered(List<PendingChange> pending) {
        return pending.stream().filter(change -> zones.covers(change.zone())).toList();
    }
}
