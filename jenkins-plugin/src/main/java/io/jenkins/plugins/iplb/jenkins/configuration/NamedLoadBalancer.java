package io.jenkins.plugins.iplb.jenkins.configuration;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A load balancer under the name that jobs know it by. */
public final class NamedLoadBalancer extends AbstractDescribableImpl<NamedLoadBalancer> {
    private final String name;
    private final String service;
    private final String credentialsId;
    private List<String> defaultZones = List.of();

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
        return defaultZones;
    }

    @DataBoundSetter
    public void setDefaultZones(List<String> zones) {
        defaultZones = zones == null ? List.of() : List.copyOf(zones);
    }

    @Extension
    @Symbol("loadBalancer")
    public static final class DescriptorImpl extends Descriptor<NamedLoadBalancer> {
        @NonNull
        @Override
        public String getDisplayName() {
            return "Load balancer";
        }
    }
}
