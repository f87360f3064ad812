package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.change.EnsureFrontend;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.jenkins.form.FieldCheck;
import io.jenkins.plugins.iplb.parameter.Reference;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

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

    /** Separated by commas; null to leave them as they are. */
    public String getIps() {
        return ips;
    }

    @DataBoundSetter
    public void setIps(String ips) {
        this.ips = Util.fixEmptyAndTrim(ips);
    }

    @Override
    Change change(String service, Given given) {
        List<String> addresses = given.list(ips);
        return new EnsureFrontend(
                service,
                Protocol.parse(given.text(protocol)),
                given.text(port),
                given.text(getZone()),
                given.text(name),
                Optional.ofNullable(given.text(farm)).map(text -> Reference.parse("farm", text)),
                Optional.ofNullable(given.text(ssl)).map(FrontendChange::yesOrNo),
                Optional.of(addresses).filter(all -> !all.isEmpty()).map(ChangeForm::blocks));
    }

    private static boolean yesOrNo(String text) {
        if (!List.of("true", "false").contains(text)) {
            throw new InvalidInput("ssl", text, "true, false");
        }
        return Boolean.parseBoolean(text);
    }

    @Extension
    @Symbol("iplbFrontend")
    public static final class DescriptorImpl extends ChangeFormDescriptor {
        public DescriptorImpl() {
            super(Protocol.values());
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.FrontendChange_DisplayName();
        }

        @POST
        public ListBoxModel doFillSslItems(@AncestorInPath Item item) {
            ListBoxModel choices = new ListBoxModel();
            if (FieldCheck.maySee(item)) {
                choices.add(Messages.FrontendChange_SslAsItIs(), "");
                choices.add(Messages.FrontendChange_SslOn(), "true");
                choices.add(Messages.FrontendChange_SslOff(), "false");
            }
            return choices;
        }

        @POST
        public FormValidation doCheckPort(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.given(item, value, DescriptorImpl::checkPort);
        }

        private static void checkPort(String port) {
            new EnsureFrontend(
                    "any", Protocol.TCP, port, ALL, null, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }
}
