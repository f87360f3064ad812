package io.jenkins.plugins.iplb.refresh;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the next refresh is to cover for all who are ready for one.
 *
 * @param asked the zones that are asked for and may be shared, {@link RefreshState#EVERYWHERE} among them
 * @param owned the zones of the load balancer, as far as they are known
 */
record Round(Set<String> asked, List<String> owned) {

    static Round of(Stream<RefreshState> ready, List<String> owned) {
        Set<String> asked = ready.filter(RefreshState::wouldRefresh)
                .filter(state -> !state.request().exclusive())
                .flatMap(state -> state.queue().stream())
                .collect(Collectors.toUnmodifiableSet());
        return new Round(asked, owned);
    }

    /** The zone to refresh when it is this one's turn: everywhere, where that is what all of them together need. */
    String zone(RefreshState state) {
        boolean everywhere = asked.contains(RefreshState.EVERYWHERE) || !owned.isEmpty() && asked.containsAll(owned);
        return everywhere && !state.request().exclusive()
                ? RefreshState.EVERYWHERE
                : state.queue().get(0);
    }
}
