package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** The failover IPs that a frontend has for itself. */
public final class DedicatedFailoverChange extends ChangeForm {
    private final String protocol;
    private final String frontend;
    private String ips;

    @DataBoundConstructor
    public DedicatedFailoverChange(String protocol, String frontend) {
        this.protocol = Util.fixEmptyAndTrim(protocol);
        this.frontend = Util.fixEmptyAndTrim(frontend);
    }

    public String getProtocol() {
        return protocol;
    }

    public String getFrontend() {
        return frontend;
    }

    /** Separated by commas or blanks; null for none: it listens on all addresses again. */
    public String getIps() {
        return ips;
    }

    @DataBoundSetter
    public void setIps(String ips) {
        this.ips = Util.fixEmptyAndTrim(ips);
    }

    @Override
    GivenFields arguments(GivenFields none, String service) {
        return none.text("protocol", protocol).text("frontend", frontend).textOrNone("ips", ips);
    }

    @Extension
    @Symbol("iplbDedicatedFailover")
    public static final class DescriptorImpl extends ChangeFormDescriptor {
        public DescriptorImpl() {
            super("dedicate-failover");
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.DedicatedFailoverChange_DisplayName();
        }
    }
}
