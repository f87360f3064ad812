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
import io.jenkins.plugins.iplb.jenkins.configuration.UsableLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.credentials.ItemCredentials;
import io.jenkins.plugins.iplb.jenkins.credentials.OvhApiCredentials;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
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
        return resolve(
                        run.getParent(),
                        id -> CredentialsProvider.findCredentialById(id, OvhApiCredentials.class, run),
                        found -> CredentialsProvider.track(run, found))
                .of(run);
    }

    /**
     * Finds what is meant where there is no build yet: in a form, or before one leaves the queue.
     *
     * @param item whose builds would use the credentials; null for none
     * @throws IplbException when nothing, or nothing that may be used, is meant
     */
    public Target resolve(@CheckForNull Item item) {
        return resolve(item, id -> ItemCredentials.find(item, id).orElse(null), found -> {});
    }

    /**
     * One that is named, for who only looks.
     *
     * @param item who looks; null for the controller itself
     * @throws IplbException when it cannot be called
     */
    public static Target target(@CheckForNull Item item, UsableLoadBalancer usable) {
        return target(item, usable, found -> {});
    }

    private static Target target(
            @CheckForNull Item item, UsableLoadBalancer usable, Consumer<OvhApiCredentials> track) {
        NamedLoadBalancer named = usable.named();
        return target(
                item,
                id -> ItemCredentials.findOn(usable.where(), id).orElse(null),
                track,
                named.getService(),
                named.getCredentialsId(),
                named.getDefaultZones());
    }

    /**
     * What a job names itself, it may use itself. A named load balancer is the word of who configures the folder or the
     * controller: its key is theirs, and need not be one that jobs could bind.
     */
    private Target resolve(
            @CheckForNull Item item,
            Function<String, OvhApiCredentials> findForItem,
            Consumer<OvhApiCredentials> track) {
        if (loadBalancer != null) {
            return target(item, named(item), track);
        }
        if (service == null) {
            throw new InvalidInput("loadBalancer", null, usableNames(item) + ", or service and credentialsId");
        }
        return target(item, findForItem, track, service, credentialsId, List.of());
    }

    private UsableLoadBalancer named(@CheckForNull Item item) {
        if (service != null || credentialsId != null) {
            throw new InvalidInput("loadBalancer", loadBalancer, "either loadBalancer, or service and credentialsId");
        }
        return UsableLoadBalancer.by(item, loadBalancer)
                .orElseThrow(() -> new InvalidInput("loadBalancer", loadBalancer, usableNames(item)));
    }

    /** Why jobs of the item can mean no load balancer by it, as far as that is known without asking anybody. */
    public Optional<String> problem(@CheckForNull Item item) {
        try {
            if (loadBalancer != null) {
                named(item);
            }
            return Optional.empty();
        } catch (InvalidInput e) {
            return Optional.of(e.getMessage());
        }
    }

    private static Target target(
            @CheckForNull Item item,
            Function<String, OvhApiCredentials> find,
            Consumer<OvhApiCredentials> track,
            String service,
            String credentialsId,
            List<String> defaultZones) {
        if (credentialsId == null) {
            throw new InvalidInput("credentialsId", null, "the id of OVHcloud API credentials");
        }
        OvhApiCredentials credentials = find.apply(credentialsId);
        if (credentials == null) {
            throw new IplbException(
                    FailureKind.USAGE,
                    "credentialsId: no OVHcloud API credentials '%s' that this build may use".formatted(credentialsId));
        }
        track.accept(credentials);
        String endpoint = credentials.getEndpoint();
        if (!OvhLoadBalancers.get().allows(endpoint)) {
            throw new IplbException(
                    FailureKind.USAGE,
                    "the endpoint %s of the credentials '%s' is not allowed: an administrator must add it to the custom endpoints"
                            .formatted(endpoint, credentialsId));
        }
        return new Target(
                item,
                IplbController.get().client(Endpoint.of(endpoint), credentials.toCredentials()),
                service,
                defaultZones);
    }

    private static String usableNames(@CheckForNull Item item) {
        List<String> names = UsableLoadBalancer.by(item).stream()
                .map(each -> each.named().getName())
                .toList();
        String who = item == null ? "" : " for " + item.getFullName();
        return names.isEmpty() ? "a named load balancer, and there is none" + who : String.join(", ", names);
    }
}
