package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.record.Effect;
import java.util.List;
import java.util.Set;

/**
 * What becomes of the clients of a farm whose balance is source. The hash of their addresses knows its servers by their
 * places: where one comes, goes, or takes another share, most clients of all of them go elsewhere (seen with HAProxy 2.6.12,
 * with a consistent hash too).
 */
final class SourceHash {
    private static final Set<String> THAT_COUNT = Set.of("weight", "status", "backup");

    private SourceHash() {}

    /** @param plan what is done to a server of the farm */
    static List<String> warnings(Protocol protocol, Farm farm, Plan plan) {
        boolean counts = plan.about().effect() != Effect.CHANGED
                || plan.diff().stream().anyMatch(each -> THAT_COUNT.contains(each.path()));
        return counts ? ofServers(protocol, farm, plan) : List.of();
    }

    /** @param plan of what counts, if there is anything to do */
    static List<String> ofServers(Protocol protocol, Farm farm, Plan plan) {
        return farm.isBalancedBySource() && plan.changes()
                ? List.of(
                        "%s is balanced by source, which knows its servers by their places: most of its clients go to other servers"
                                .formatted(Reader.said(protocol, "farm", farm)))
                : List.of();
    }
}
