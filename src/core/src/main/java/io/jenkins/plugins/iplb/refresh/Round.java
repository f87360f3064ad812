package io.jenkins.plugins.iplb.refresh;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the next refresh is to cover for all who are ready for one.
 *
 * @param asked the zones that are asked for and may be shared, {@link RefreshState#EVERYWHERE} among them
 * @param owned the zones of the load balancer, as far as they are known
 * @param gathering whether it is too early to ask for it: some have come who are not ready yet
 */
record Round(Set<String> asked, List<String> owned, boolean gathering) {

    /** @param last whether no more are waited for: or those who keep coming would keep the others waiting */
    static Round of(List<RefreshState> here, List<String> owned, boolean last) {
        Set<String> asked = here.stream()
                .filter(RefreshState::wouldRefresh)
                .filter(state -> !state.request().exclusive())
                .flatMap(state -> state.queue().stream())
                .collect(Collectors.toUnmodifiableSet());
        boolean someAreReady = here.stream().anyMatch(RefreshState::wouldRefresh);
        boolean someAreNew = here.stream().anyMatch(state -> state.phase() == RefreshState.Phase.CHECK);
        return new Round(asked, owned, someAreReady && someAreNew && !last);
    }

    /** The zone to refresh when it is this one's turn: everywhere, where that is what all of them together need. */
    String zone(RefreshState state) {
        boolean everywhere = asked.contains(RefreshState.EVERYWHERE) || !owned.isEmpty() && asked.containsAll(owned);
        return everywhere && !state.request().exclusive()
                ? RefreshState.EVERYWHERE
                : state.queue().get(0);
    }
}
