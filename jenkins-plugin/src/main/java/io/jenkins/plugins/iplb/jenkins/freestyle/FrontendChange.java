package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A frontend: where traffic arrives. */
public final class FrontendChange extends ChangeForm {
    private static final String ALL = "all";

    private final String protocol;
    private final String port;
    private String zone;
    private String name;
    private String farm;
    private String ssl;
    private String ips;

    @DataBoundConstructor
    public FrontendChange(String protocol, String port) {
        this.protocol = Util.fixEmptyAndTrim(protocol);
        this.port = Util.fixEmptyAndTrim(port);
    }

    public String getProtocol() {
        return protocol;
    }

    public String getPort() {
        return port;
    }

    public String getZone() {
        return zone == null ? ALL : zone;
    }

    @DataBoundSetter
    public void setZone(String zone) {
        String given = Util.fixEmptyAndTrim(zone);
        this.zone = ALL.equals(given) ? null : given;
    }

    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    public String getFarm() {
        return farm;
    }

    @DataBoundSetter
    public void setFarm(String farm) {
        this.farm = Util.fixEmptyAndTrim(farm);
    }

    /** {@code true}, {@code false}, or null to leave it as it is. */
    public String getSsl() {
        return ssl;
    }

    @DataBoundSetter
    public void setSsl(String ssl) {
        this.ssl = Util.fixEmptyAndTrim(ssl);
    }

    /** Separated by commas or blanks; null to leave them as they are. */
    public String getIps() {
        return ips;
    }

    @DataBoundSetter
    public void setIps(String ips) {
        this.ips = Util.fixEmptyAndTrim(ips);
    }

    @Override
    GivenFields arguments(GivenFields none, String service) {
        return none.text("protocol", protocol)
                .text("port", port)
                .text("zone", getZone())
                .text("name", name)
                .text("farm", farm)
                .text("ssl", ssl)
                .text("ips", ips);
    }

    @Extension
    @Symbol("iplbFrontend")
    public static final class DescriptorImpl extends ChangeFormDescriptor {
        public DescriptorImpl() {
            super("ensure-frontend");
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.FrontendChange_DisplayName();
        }
    }
}
