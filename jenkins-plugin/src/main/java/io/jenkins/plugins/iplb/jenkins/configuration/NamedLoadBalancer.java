package io.jenkins.plugins.iplb.jenkins.configuration;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Item;
import io.jenkins.plugins.iplb.parameter.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.springframework.util.AntPathMatcher;

/** A load balancer under the name that jobs know it by. */
public final class NamedLoadBalancer extends AbstractDescribableImpl<NamedLoadBalancer> {
    private final String name;
    private final String service;
    private final String credentialsId;
    private List<String> defaultZones = new ArrayList<>();
    private List<String> allowedItems = new ArrayList<>();
    private String driftCheck;

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

    /**
     * The jobs and folders that may use it, by patterns of their full names, with {@code *} for any part of a name and
     * {@code **} for any names; a folder stands for all that is in it. Empty for all.
     */
    public List<String> getAllowedItems() {
        return Collections.unmodifiableList(allowedItems);
    }

    /** @param patterns a list, or as the form has them, one on each line of one text */
    @DataBoundSetter
    public void setAllowedItems(List<String> patterns) {
        allowedItems = Util.fixNull(patterns).stream()
                .flatMap(String::lines)
                .map(String::strip)
                .filter(pattern -> !pattern.isEmpty())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** How the form shows them. */
    public String getAllowedItemsText() {
        return String.join("\n", allowedItems);
    }

    /** Whether jobs of that item, which is a job or a folder, may use it. */
    public boolean allows(Item item) {
        return allowedItems.isEmpty() || allowedItems.stream().anyMatch(pattern -> covers(pattern, item));
    }

    /** Whether a pattern means that item, or a folder that it is in. */
    public static boolean covers(String pattern, Item item) {
        return new AntPathMatcher().match(pattern + "/**", item.getFullName());
    }

    /** How often to look whether it is as builds have left it, such as {@code 24h}; null for never. */
    @CheckForNull
    public String getDriftCheck() {
        return driftCheck;
    }

    @DataBoundSetter
    public void setDriftCheck(String every) {
        driftCheck = Util.fixEmptyAndTrim(every);
    }

    /** As {@link #getDriftCheck}. @throws InvalidInput for what is no duration */
    public Optional<Duration> driftCheckInterval() {
        return Optional.ofNullable(driftCheck).map(every -> Durations.parse("driftCheck", every));
    }

    /** Configurations of older versions lack what came later. */
    private Object readResolve() {
        defaultZones = new ArrayList<>(Util.fixNull(defaultZones));
        allowedItems = new ArrayList<>(Util.fixNull(allowedItems));
        return this;
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
