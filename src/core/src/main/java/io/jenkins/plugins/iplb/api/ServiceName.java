package io.jenkins.plugins.iplb.api;

import io.jenkins.plugins.iplb.failure.InvalidInput;

/** The name by which OVH knows a load balancer. */
public final class ServiceName {
    /** What there is to give. */
    public static final String ALLOWED = "the name of a load balancer, such as loadbalancer-0123456789abcdef";

    private ServiceName() {}

    /** Whether it is what OVH calls load balancers, and no other service. */
    public static boolean isUsual(String text) {
        return text.startsWith("loadbalancer-");
    }

    /** The name without the white space around it. @throws InvalidInput for {@code service} when it can be none */
    public static String parse(String text) {
        return parse("service", text);
    }

    /** As {@link #parse(String)}. @param parameter what it is called */
    public static String parse(String parameter, String text) {
        if (text == null || text.isBlank() || text.contains("/")) {
            throw new InvalidInput(parameter, text, ALLOWED);
        }
        return text.strip();
    }
}
