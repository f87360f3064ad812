package io.jenkins.plugins.iplb.ovh;

/** What is known of the effect of a call that did not succeed. */
public enum Delivery {
    /** No byte of it left this machine. */
    NOT_SENT,
    /** OVH answered in a way that says that nothing was done. */
    REFUSED,
    /** It was sent and no usable answer came: it may have been done or not. */
    UNKNOWN
}
