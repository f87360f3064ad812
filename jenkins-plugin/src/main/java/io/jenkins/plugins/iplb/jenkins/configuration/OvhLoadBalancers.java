package io.jenkins.plugins.iplb.jenkins.configuration;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.ItemGroup;
import hudson.util.FormValidation;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.ovh.Limits;
import io.jenkins.plugins.iplb.parameter.Durations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The load balancers of this controller. What makes no sense is refused wherever it comes from: form, file or script. */
@Extension
@Symbol("ovhLoadBalancers")
public final class OvhLoadBalancers extends GlobalConfiguration implements LoadBalancerSource {
    static final int HIGHEST_BUDGET = Limits.HIGHEST_BUDGET;

    private List<NamedLoadBalancer> loadBalancers = new ArrayList<>();
    private List<String> customEndpoints = new ArrayList<>();
    private List<String> checkTargets = new ArrayList<>();
    private int requestsPerMinute = Limits.DEFAULT.requestsPerMinute();
    private String warnPendingAfter = "24h";

    public OvhLoadBalancers() {
        load();
    }

    public static OvhLoadBalancers get() {
        return ExtensionList.lookupSingleton(OvhLoadBalancers.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.OvhLoadBalancers_DisplayName();
    }

    public List<NamedLoadBalancer> getLoadBalancers() {
        return Collections.unmodifiableList(loadBalancers);
    }

    @Override
    public List<NamedLoadBalancer> namedOn(ItemGroup<?> group) {
        return group instanceof Jenkins ? getLoadBalancers() : List.of();
    }

    /** @throws InvalidInput for a name that is blank or taken, and a service name that can be none */
    @DataBoundSetter
    public void setLoadBalancers(List<NamedLoadBalancer> loadBalancers) {
        this.loadBalancers = NamedLoadBalancers.valid(loadBalancers);
        save();
    }

    /** Base URLs beyond OVH's named endpoints that credentials may be sent to. */
    public List<String> getCustomEndpoints() {
        return Collections.unmodifiableList(customEndpoints);
    }

    /** @throws InvalidInput for what is no base URL */
    @DataBoundSetter
    public void setCustomEndpoints(List<String> customEndpoints) {
        List<String> given = customEndpoints == null
                ? List.of()
                : customEndpoints.stream().map(String::strip).toList();
        given.forEach(Endpoint::of);
        this.customEndpoints = new ArrayList<>(given);
        save();
    }

    /** How the form shows them: one on each line. */
    public String getCustomEndpointLines() {
        return String.join("\n", customEndpoints);
    }

    /** Hosts that checks of builds may connect to beside load balancers: {@code HOST} or {@code HOST:PORT}. */
    public List<String> getCheckTargets() {
        return Collections.unmodifiableList(checkTargets);
    }

    @DataBoundSetter
    public void setCheckTargets(List<String> checkTargets) {
        this.checkTargets = new ArrayList<>(
                Util.fixNull(checkTargets).stream().map(String::strip).toList());
        save();
    }

    /** How the form shows them: one on each line. */
    public String getCheckTargetLines() {
        return String.join("\n", checkTargets);
    }

    /** The budget of one key. */
    public int getRequestsPerMinute() {
        return requestsPerMinute;
    }

    /** @throws InvalidInput for a budget that OVH or the steps could not live with */
    @DataBoundSetter
    public void setRequestsPerMinute(int requestsPerMinute) {
        if (requestsPerMinute < 1 || requestsPerMinute > HIGHEST_BUDGET) {
            throw new InvalidInput("requestsPerMinute", requestsPerMinute, "1 to " + HIGHEST_BUDGET);
        }
        this.requestsPerMinute = requestsPerMinute;
        save();
    }

    /** For how long changes may be pending before that is worth a warning. */
    public String getWarnPendingAfter() {
        return warnPendingAfter;
    }

    /** @throws InvalidInput for what is no duration */
    @DataBoundSetter
    public void setWarnPendingAfter(String warnPendingAfter) {
        Durations.parse("warnPendingAfter", warnPendingAfter);
        this.warnPendingAfter = warnPendingAfter.strip();
        save();
    }

    /** As {@link #getWarnPendingAfter}. */
    public Duration pendingPatience() {
        return Durations.parse("warnPendingAfter", warnPendingAfter);
    }

    /** Binds the whole form at once, since lists that have become empty are not in it. */
    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        List<NamedLoadBalancer> before = loadBalancers;
        List<String> endpointsBefore = customEndpoints;
        List<String> targetsBefore = checkTargets;
        int requestsBefore = requestsPerMinute;
        try (BulkChange once = new BulkChange(this)) {
            setLoadBalancers(request.bindJSONToList(NamedLoadBalancer.class, form.opt("loadBalancers")));
            setCustomEndpoints(lines(form.optString("customEndpoints")));
            setCheckTargets(lines(form.optString("checkTargets")));
            setRequestsPerMinute(form.getInt("requestsPerMinute"));
            setWarnPendingAfter(form.optString("warnPendingAfter"));
            once.commit();
            return true;
        } catch (InvalidInput e) {
            loadBalancers = before;
            customEndpoints = endpointsBefore;
            checkTargets = targetsBefore;
            requestsPerMinute = requestsBefore;
            throw new FormException(e.getMessage(), e, e.parameter());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether secrets may be sent there: to OVH's named endpoints, and to what an administrator has listed. */
    public boolean allows(String endpoint) {
        boolean named =
                StreamSupport.stream(Endpoint.names().spliterator(), false).anyMatch(name -> name.equals(endpoint));
        return named || customEndpoints.contains(endpoint);
    }

    /** The core's limits with the configured budget. */
    public Limits limits() {
        Limits usual = Limits.DEFAULT;
        return new Limits(
                usual.connect(),
                usual.read(),
                usual.call(),
                usual.retries(),
                usual.retryFor(),
                usual.firstDelay(),
                requestsPerMinute);
    }

    @POST
    public FormValidation doCheckCustomEndpoints(@QueryParameter String value) {
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return FormValidation.ok();
        }
        try {
            return lines(value).stream()
                    .map(Endpoint::of)
                    .filter(endpoint -> !isEncryptedOrLocal(endpoint.baseUrl()))
                    .findFirst()
                    .map(open -> FormValidation.warning(Messages.OvhLoadBalancers_NotEncrypted(open.baseUrl())))
                    .orElseGet(FormValidation::ok);
        } catch (InvalidInput e) {
            return FormValidation.error(e.getMessage());
        }
    }

    @POST
    public FormValidation doCheckRequestsPerMinute(@QueryParameter String value) {
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                ? FormValidation.validateIntegerInRange(value, 1, HIGHEST_BUDGET)
                : FormValidation.ok();
    }

    @POST
    public FormValidation doCheckWarnPendingAfter(@QueryParameter String value) {
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return FormValidation.ok();
        }
        try {
            Durations.parse("warnPendingAfter", value);
            return FormValidation.ok();
        } catch (InvalidInput e) {
            return FormValidation.error(e.getMessage());
        }
    }

    private static boolean isEncryptedOrLocal(URI url) {
        return "https".equalsIgnoreCase(url.getScheme())
                || Set.of("localhost", "127.0.0.1", "[::1]").contains(url.getHost());
    }

    private static List<String> lines(String text) {
        return Objects.requireNonNullElse(text, "")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
