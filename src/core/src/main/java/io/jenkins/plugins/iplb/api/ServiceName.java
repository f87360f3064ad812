package io.jenkins.plugins.iplb.api;

import io.jenkins.plugins.iplb.failure.InvalidInput;

/** The name by which OVH knows a load balancer. */
public final class ServiceName {
    private ServiceName() {}

    /** The name without the white space around it. @throws InvalidInput for {@code service} when it can be none */
    public static String parse(String text) {
        if (text == null || text.isBlank() || text.contains("/")) {
            throw new InvalidInput(
                    "service", text, "the name of a load balancer, such as loadbalancer-0123456789abcdef");
        }
        return text.strip();
    }
}
