package io.jenkins.plugins.iplb.operation;

import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.change.EnsureCertificate;
import io.jenkins.plugins.iplb.change.EnsureFarm;
import io.jenkins.plugins.iplb.change.EnsureRoute;
import io.jenkins.plugins.iplb.change.EnsureRule;
import io.jenkins.plugins.iplb.change.EnsureServer;
import io.jenkins.plugins.iplb.change.EnsureVrackNetwork;
import io.jenkins.plugins.iplb.change.Removable;
import io.jenkins.plugins.iplb.change.Remove;
import io.jenkins.plugins.iplb.change.RemoveCertificate;
import io.jenkins.plugins.iplb.change.RemoveReplaced;
import io.jenkins.plugins.iplb.change.RemoveVrackNetwork;
import io.jenkins.plugins.iplb.change.Rerouting;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;

/**
 * When a change of a configuration comes: what leads to others goes first and comes last. Changes of one phase need nothing of
 * each other.
 */
enum Phase {
    IPS,
    NO_ROUTES,
    NO_FRONTENDS,
    CERTIFICATES_AND_NETWORKS,
    FARMS,
    SERVERS_AND_FRONTENDS,
    ROUTES,
    RULES,
    NO_SERVERS,
    NO_FARMS,
    NO_NETWORKS,
    NO_CERTIFICATES,
    NO_IPS;

    /** What others can only be staged for when OVH is through with it. */
    static final Set<Phase> FIRST = EnumSet.of(IPS);

    /** What one refresh makes live. */
    static final Set<Phase> STAGED = EnumSet.range(NO_ROUTES, NO_NETWORKS);

    /** What is in use until that refresh is done. */
    static final Set<Phase> LAST = EnumSet.of(NO_CERTIFICATES, NO_IPS);

    /** @param service whose configuration it is */
    static Comparator<Wish> order(String service) {
        return Comparator.comparing(wish -> of(wish.change(), service));
    }

    /**
     * The phase beside which it is carried out: servers go beside the routes, which wait for each other, since nothing needs a
     * server before the refresh.
     *
     * @param service whose configuration it is
     */
    static Phase beside(Change change, String service) {
        return change instanceof EnsureServer ? ROUTES : of(change, service);
    }

    /** @param service whose configuration it is */
    static Phase of(Change change, String service) {
        if (change instanceof Remove remove) {
            return of(remove.what());
        }
        if (change instanceof Rerouting rerouting) {
            return service.equals(rerouting.to()) ? IPS : NO_IPS;
        }
        if (change instanceof EnsureCertificate || change instanceof EnsureVrackNetwork) {
            return CERTIFICATES_AND_NETWORKS;
        }
        if (change instanceof EnsureFarm) {
            return FARMS;
        }
        if (change instanceof EnsureRoute) {
            return ROUTES;
        }
        if (change instanceof EnsureRule) {
            return RULES;
        }
        if (change instanceof RemoveVrackNetwork) {
            return NO_NETWORKS;
        }
        return change instanceof RemoveCertificate || change instanceof RemoveReplaced
                ? NO_CERTIFICATES
                : SERVERS_AND_FRONTENDS;
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
