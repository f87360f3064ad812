package io.jenkins.plugins.iplb.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/**
 * What a route does with the traffic that matches its rules.
 *
 * @param type {@code farm}, {@code redirect} or {@code reject}
 * @param target the farm's id as a string, the URL template of a redirect, or null
 * @param status HTTP status of a redirect or reject of protocol http, or null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RouteAction(String type, String target, Integer status) {
    public RouteAction {
        Objects.requireNonNull(type, "type");
    }

    public boolean isTo(long farm) {
        return "farm".equals(type) && Long.toString(farm).equals(target);
    }
}
