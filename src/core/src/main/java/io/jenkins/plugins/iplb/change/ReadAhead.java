package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.ovh.SideBySide;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads side by side what the plans of several changes are sure to read, and no more than that. */
final class ReadAhead {
    private final Snapshot lb;

    ReadAhead(Snapshot lb) {
        this.lb = lb;
    }

    void of(Collection<? extends Change> changes) {
        SideBySide.allAfterTheFirst(reads(changes.stream().flatMap(change -> list(change).stream())));
        SideBySide.all(reads(changes.stream()
                .filter(EnsureServer.class::isInstance)
                .flatMap(change -> servers((EnsureServer) change).stream())));
    }

    private static Optional<Look> list(Change change) {
        if (change instanceof EnsureFarm farm && farm.farm().id().isEmpty()) {
            return Optional.of(new Look(farm.protocol(), What.FARMS, 0));
        }
        if (change instanceof EnsureServer server && server.farm().id().isEmpty()) {
            return Optional.of(new Look(server.protocol(), What.FARMS, 0));
        }
        if (change instanceof EnsureFrontend frontend && !frontend.isById()) {
            return Optional.of(new Look(frontend.protocol(), What.FRONTENDS, 0));
        }
        return change instanceof EnsureRoute route
                ? Optional.of(new Look(route.protocol(), What.ROUTES, 0))
                : Optional.empty();
    }

    /** None of a farm that has yet to be made. */
    private Optional<Look> servers(EnsureServer server) {
        if (server.farm().id().isPresent()) {
            return Optional.empty();
        }
        List<Farm> named = Reader.named(server.farm(), lb.farms(server.protocol()));
        return named.size() == 1
                ? Optional.of(
                        new Look(server.protocol(), What.SERVERS, named.get(0).farmId()))
                : Optional.empty();
    }

    private Stream<Runnable> reads(Stream<Look> looks) {
        return looks.distinct().map(look -> () -> look.at(lb));
    }

    private enum What {
        FARMS,
        FRONTENDS,
        ROUTES,
        SERVERS
    }

    /** @param farm whose servers; 0 for what is of no farm */
    private record Look(Protocol protocol, What what, long farm) {
        void at(Snapshot lb) {
            switch (what) {
                case FARMS -> lb.farms(protocol);
                case FRONTENDS -> lb.frontends(protocol);
                case ROUTES -> lb.routes(protocol);
                case SERVERS -> lb.servers(protocol, farm);
            }
        }
    }
}
