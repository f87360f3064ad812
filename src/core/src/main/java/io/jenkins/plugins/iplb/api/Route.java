package io.jenkins.plugins.iplb.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Objects;

/**
 * A route with its rules.
 *
 * @param frontendId null while it is detached: then no traffic ever meets it
 * @param weight 0 to 255, evaluated in ascending order
 * @param rules all of them must match
 */
public record Route(long routeId, String displayName, Long frontendId, int weight, RouteAction action, List<Rule> rules)
        implements Named {

    public Route {
        Objects.requireNonNull(action, "action");
        rules = rules == null ? List.of() : List.copyOf(rules);
    }

    @Override
    public long id() {
        return routeId;
    }

    public boolean isOn(long frontend) {
        return frontendId != null && frontendId == frontend;
    }

    @JsonIgnore
    public boolean isDetached() {
        return frontendId == null;
    }
}
