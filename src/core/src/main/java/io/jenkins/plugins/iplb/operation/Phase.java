package io.jenkins.plugins.iplb.operation;

import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.change.EnsureFarm;
import io.jenkins.plugins.iplb.change.EnsureRoute;
import io.jenkins.plugins.iplb.change.EnsureRule;
import io.jenkins.plugins.iplb.change.Removable;
import io.jenkins.plugins.iplb.change.Remove;
import java.util.Comparator;

/**
 * When a change of a configuration comes: what leads to others goes first and comes last. Changes of one phase need nothing of
 * each other.
 */
enum Phase {
    NO_ROUTES,
    NO_FRONTENDS,
    FARMS,
    SERVERS_AND_FRONTENDS,
    ROUTES,
    RULES,
    NO_SERVERS,
    NO_FARMS;

    static final Comparator<Wish> ORDER = Comparator.comparing(wish -> of(wish.change()));

    static Phase of(Change change) {
        if (change instanceof Remove remove) {
            return of(remove.what());
        }
        if (change instanceof EnsureFarm) {
            return FARMS;
        }
        if (change instanceof EnsureRule) {
            return RULES;
        }
        return change instanceof EnsureRoute ? ROUTES : SERVERS_AND_FRONTENDS;
    }

    private static Phase of(Removable gone) {
        if (gone instanceof Removable.Route || gone instanceof Removable.Rule) {
            return NO_ROUTES;
        }
        if (gone instanceof Removable.Frontend) {
            return NO_FRONTENDS;
        }
        return gone instanceof Removable.Server ? NO_SERVERS : NO_FARMS;
    }
}
