package io.jenkins.plugins.iplb.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** Makes sure that there is a frontend; what is not mentioned is left as it is. */
public final class EnsureFrontendStep extends ChangeStep {
    private static final long serialVersionUID = 1L;

    private final String protocol;
    private final String port;
    private final String zone;
    private String name;
    private String farm;
    private Boolean ssl;
    private String ips;

    @DataBoundConstructor
    public EnsureFrontendStep(String protocol, String port, String zone) {
        this.protocol = Util.fixEmptyAndTrim(protocol);
        this.port = Util.fixEmptyAndTrim(port);
        this.zone = Util.fixEmptyAndTrim(zone);
    }

    public String getProtocol() {
        return protocol;
    }

    public String getPort() {
        return port;
    }

    public String getZone() {
        return zone;
    }

    @CheckForNull
    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    @CheckForNull
    public String getFarm() {
        return farm;
    }

    @DataBoundSetter
    public void setFarm(String farm) {
        this.farm = Util.fixEmptyAndTrim(farm);
    }

    @CheckForNull
    public Boolean getSsl() {
        return ssl;
    }

    @DataBoundSetter
    public void setSsl(Boolean ssl) {
        this.ssl = ssl;
    }

    @CheckForNull
    public String getIps() {
        return ips;
    }

    @DataBoundSetter
    public void setIps(String ips) {
        this.ips = Util.fixEmptyAndTrim(ips);
    }

    @Override
    GivenFields arguments(GivenFields none) {
        return none.text("protocol", protocol)
                .text("port", port)
                .text("zone", zone)
                .text("name", name)
                .text("farm", farm)
                .value("ssl", ssl)
                .text("ips", ips);
    }

    @Extension
    public static final class DescriptorImpl extends LoadBalancerStepDescriptor {
        public DescriptorImpl() {
            super("iplbEnsureFrontend", "ensure-frontend");
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.EnsureFrontendStep_displayName();
        }

        /** The empty choice is not false. */
        @Override
        public Step newInstance(StaplerRequest2 request, JSONObject form) throws FormException {
            if (form.optString("ssl").isEmpty()) {
                form.remove("ssl");
            }
            return super.newInstance(request, form);
        }
    }
}
