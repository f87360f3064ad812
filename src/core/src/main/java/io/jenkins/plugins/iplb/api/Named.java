package io.jenkins.plugins.iplb.api;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** An object with an id and a name that its owner gave it, which OVH keeps neither unique nor mandatory. */
public interface Named {
    @JsonIgnore
    long id();

    String displayName();
}
