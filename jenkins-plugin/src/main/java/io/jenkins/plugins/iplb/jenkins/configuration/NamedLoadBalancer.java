package io.jenkins.plugins.iplb.jenkins.configuration;

import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A load balancer under the name that jobs know it by. */
public final class NamedLoadBalancer extends AbstractDescribableImpl<NamedLoadBalancer> {
    private final String name;
    private final String service;
    private final String credentialsId;
    private List<String> defaultZones = new ArrayList<>();

    @DataBoundConstructor
    public NamedLoadBalancer(String name, String service, String credentialsId) {
        this.name = Util.fixNull(name).trim();
        this.service = Util.fixNull(service).trim();
        this.credentialsId = Util.fixNull(credentialsId).trim();
    }

    public String getName() {
        return name;
    }

    public String getService() {
        return service;
    }

    public String getCredentialsId() {
        return credentialsId;
    }

    /** The zones that a refresh covers when it names none; empty for all. */
    public List<String> getDefaultZones() {
        return Collections.unmodifiableList(defaultZones);
    }

    /** @param zones a list, or as the form has them, several in one text */
    @DataBoundSetter
    public void setDefaultZones(List<String> zones) {
        defaultZones = new ArrayList<>();
        if (zones != null) {
            zones.forEach(text -> defaultZones.addAll(zones(text)));
        }
    }

    /** How the form shows them. */
    public String getDefaultZonesText() {
        return String.join(", ", defaultZones);
    }

    /** What a text of the form names. */
    public static List<String> zones(String text) {
        return Arrays.stream(Util.fixNull(text).toLowerCase(Locale.ROOT).split("[\\s,]+"))
                .filter(zone -> !zone.isEmpty())
                .toList();
    }
}
