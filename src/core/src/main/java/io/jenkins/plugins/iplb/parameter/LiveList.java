package io.jenkins.plugins.iplb.parameter;

/** What there is on a load balancer to choose from; of the protocol of the operation, where protocols differ. */
public enum LiveList {
    CERTIFICATES,
    FAILOVER_IPS,
    FARMS,
    FRONTENDS,
    LOAD_BALANCERS,
    ROUTES,
    /** Of the route of the operation. */
    RULES,
    /** Of the farm of the operation. */
    SERVERS,
    VRACK_NETWORKS,
    ZONES
}
