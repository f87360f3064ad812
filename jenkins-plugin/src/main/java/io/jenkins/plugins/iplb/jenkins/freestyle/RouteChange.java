package io.jenkins.plugins.iplb.jenkins.freestyle;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.change.EnsureRoute;
import io.jenkins.plugins.iplb.change.RouteTarget;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.jenkins.form.FieldCheck;
import io.jenkins.plugins.iplb.parameter.Reference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A route on a frontend, with its rules. */
public final class RouteChange extends ChangeForm {
    private final String protocol;
    private final String frontend;
    private String farm;
    private String redirect;
    private boolean reject;
    private String status;
    private String weight;
    private String name;
    private List<RuleForm> rules;

    @DataBoundConstructor
    public RouteChange(String protocol, String frontend) {
        this.protocol = Util.fixEmptyAndTrim(protocol);
        this.frontend = Util.fixEmptyAndTrim(frontend);
    }

    public String getProtocol() {
        return protocol;
    }

    public String getFrontend() {
        return frontend;
    }

    public String getFarm() {
        return farm;
    }

    @DataBoundSetter
    public void setFarm(String farm) {
        this.farm = Util.fixEmptyAndTrim(farm);
    }

    public String getRedirect() {
        return redirect;
    }

    @DataBoundSetter
    public void setRedirect(String redirect) {
        this.redirect = Util.fixEmptyAndTrim(redirect);
    }

    public boolean isReject() {
        return reject;
    }

    @DataBoundSetter
    public void setReject(boolean reject) {
        this.reject = reject;
    }

    public String getStatus() {
        return status;
    }

    @DataBoundSetter
    public void setStatus(String status) {
        this.status = Util.fixEmptyAndTrim(status);
    }

    public String getWeight() {
        return weight;
    }

    @DataBoundSetter
    public void setWeight(String weight) {
        this.weight = Util.fixEmptyAndTrim(weight);
    }

    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    /** Null, as an empty list in a form, for not mentioned: the rules that are there stay. */
    public List<RuleForm> getRules() {
        return rules;
    }

    @DataBoundSetter
    public void setRules(List<RuleForm> rules) {
        this.rules = rules == null || rules.isEmpty() ? null : List.copyOf(rules);
    }

    /** {@code redirect} is taken as it is: its <code>${host}</code> and the like are for OVH to put in. */
    @Override
    Change change(String service, Given given) {
        return new EnsureRoute(
                service,
                Protocol.parse(given.text(protocol), Protocol.TCP, Protocol.HTTP),
                Reference.parse("frontend", given.text(frontend)),
                RouteTarget.of(
                        given.text(farm),
                        redirect,
                        reject,
                        given.number("status", status).orElse(null)),
                given.number("weight", weight),
                given.text(name),
                Optional.ofNullable(rules)
                        .map(all -> all.stream().map(rule -> rule.rule(given)).toList()));
    }

    @Extension
    @Symbol("iplbRoute")
    public static final class DescriptorImpl extends ChangeFormDescriptor {
        public DescriptorImpl() {
            super(Protocol.TCP, Protocol.HTTP);
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RouteChange_DisplayName();
        }

        @POST
        public FormValidation doCheckFarm(
                @AncestorInPath Item item,
                @QueryParameter String value,
                @QueryParameter String redirect,
                @QueryParameter boolean reject) {
            boolean untouched =
                    Stream.of(value, redirect).allMatch(text -> Util.fixEmptyAndTrim(text) == null) && !reject;
            return untouched
                    ? FormValidation.ok()
                    : FieldCheck.always(item, value, text -> RouteTarget.of(text, redirect, reject, null));
        }

        @POST
        public FormValidation doCheckWeight(@AncestorInPath Item item, @QueryParameter String value) {
            return FieldCheck.given(item, value, text -> {
                if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > 255) {
                    throw new InvalidInput("weight", text, "0 to 255");
                }
            });
        }
    }
}
