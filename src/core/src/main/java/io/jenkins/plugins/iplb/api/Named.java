package io.jenkins.plugins.iplb.api;

/** An object with an id and a name that its owner gave it, which OVH keeps neither unique nor mandatory. */
public interface Named {
    long id();

    String displayName();
}
