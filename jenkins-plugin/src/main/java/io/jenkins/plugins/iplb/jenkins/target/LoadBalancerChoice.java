package io.jenkins.plugins.iplb.jenkins.target;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.credentials.ItemCredentials;
import io.jenkins.plugins.iplb.jenkins.credentials.OvhApiCredentials;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A load balancer as a job names it: by a name of the global configuration, or by service name and credentials.
 *
 * @param loadBalancer a configured name, or null
 * @param service a service name, or null
 * @param credentialsId the credentials to call it with, or null
 */
public record LoadBalancerChoice(
        @CheckForNull String loadBalancer,
        @CheckForNull String service,
        @CheckForNull String credentialsId) implements Serializable {

    /** As long as nothing is chosen. */
    public static final LoadBalancerChoice NONE = new LoadBalancerChoice(null, null, null);

    public LoadBalancerChoice {
        loadBalancer = Util.fixEmptyAndTrim(loadBalancer);
        service = Util.fixEmptyAndTrim(service);
        credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** What the job calls it. */
    public String name() {
        return loadBalancer == null ? String.valueOf(service) : loadBalancer;
    }

    /**
     * Finds what is meant, with the credentials that this build may use, whose use is tracked.
     *
     * @throws IplbException when nothing, or nothing that may be used, is meant
     */
    public Target resolve(Run<?, ?> run) {
        return resolve(id -> {
            OvhApiCredentials found = CredentialsProvider.findCredentialById(id, OvhApiCredentials.class, run);
            if (found != null) {
                CredentialsProvider.track(run, found);
            }
            return Optional.ofNullable(found);
        });
    }

    /**
     * Finds what is meant where there is no build yet: in a form, or before one leaves the queue.
     *
     * @param item whose builds would use the credentials; null for none
     * @throws IplbException when nothing, or nothing that may be used, is meant
     */
    public Target resolve(@CheckForNull Item item) {
        return resolve(id -> ItemCredentials.find(item, id));
    }

    private Target resolve(Function<String, Optional<OvhApiCredentials>> find) {
        if (loadBalancer != null) {
            if (service != null || credentialsId != null) {
                throw new InvalidInput(
                        "loadBalancer", loadBalancer, "either loadBalancer, or service and credentialsId");
            }
            NamedLoadBalancer named = OvhLoadBalancers.get()
                    .loadBalancer(loadBalancer)
                    .orElseThrow(() -> new InvalidInput("loadBalancer", loadBalancer, configuredNames()));
            return target(find, named.getService(), named.getCredentialsId(), named.getDefaultZones());
        }
        if (service == null) {
            throw new InvalidInput("loadBalancer", null, configuredNames() + ", or service and credentialsId");
        }
        return target(find, service, credentialsId, List.of());
    }

    private static Target target(
            Function<String, Optional<OvhApiCredentials>> find,
            String service,
            String credentialsId,
            List<String> defaultZones) {
        if (credentialsId == null) {
            throw new InvalidInput("credentialsId", null, "the id of OVHcloud API credentials");
        }
        OvhApiCredentials credentials = find.apply(credentialsId)
                .orElseThrow(() -> new IplbException(
                        FailureKind.USAGE,
                        "credentialsId: no OVHcloud API credentials '%s' that this build may use"
                                .formatted(credentialsId)));
        String endpoint = credentials.getEndpoint();
        if (!OvhLoadBalancers.get().allows(endpoint)) {
            throw new IplbException(
                    FailureKind.USAGE,
                    "the endpoint %s of the credentials '%s' is not allowed: an administrator must add it to the custom endpoints"
                            .formatted(endpoint, credentialsId));
        }
        return new Target(
                IplbController.get().client(Endpoint.of(endpoint), credentials.toCredentials()), service, defaultZones);
    }

    private static String configuredNames() {
        List<String> names = OvhLoadBalancers.get().getLoadBalancers().stream()
                .map(NamedLoadBalancer::getName)
                .toList();
        return names.isEmpty() ? "a name of the global configuration, which has none" : String.join(", ", names);
    }
}
