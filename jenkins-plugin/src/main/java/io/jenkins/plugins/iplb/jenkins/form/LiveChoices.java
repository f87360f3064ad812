package io.jenkins.plugins.iplb.jenkins.form;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import io.jenkins.plugins.iplb.api.LoadBalancer;
import io.jenkins.plugins.iplb.api.Named;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.readings.Reading;
import io.jenkins.plugins.iplb.jenkins.readings.Readings;
import io.jenkins.plugins.iplb.jenkins.readings.Resource;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.parameter.LiveList;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/**
 * What is on a load balancer now, for the drop-downs and the checks of forms. A form is never worse off for it: whoever may
 * not use the item's credentials, and whoever asks when OVH does not answer soon, is told nothing and types.
 *
 * <p>Fields of a form that are asked for one after the other cost one call per list.
 */
@Extension
public final class LiveChoices {
    private static final Logger LOGGER = Logger.getLogger(LiveChoices.class.getName());

    /** As long as a person waits for a form. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How old a list may be: long enough for the fields of a form, short enough to show what was just made. */
    static final Duration FRESH = Duration.ofSeconds(30);

    public static LiveChoices get() {
        return ExtensionList.lookupSingleton(LiveChoices.class);
    }

    /**
     * What there is of it.
     *
     * @param protocol empty for what is the same for all of them
     * @return empty when it cannot be known: it is not on a load balancer, or cannot be read by this person, or not now
     */
    Optional<List<Known>> known(LiveList list, FormContext form, Optional<Protocol> protocol) {
        if (!mayUseCredentialsOf(form.item())) {
            return Optional.empty();
        }
        try {
            return reading(list, form, protocol)
                    .flatMap(choices -> choices.thenApply(Optional::of)
                            .completeOnTimeout(Optional.empty(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                            .join());
        } catch (IplbException e) {
            LOGGER.log(Level.FINE, e, () -> "No choice of " + list);
        } catch (CompletionException e) {
            LOGGER.log(Level.FINE, e.getCause(), () -> "No choice of " + list);
        }
        return Optional.empty();
    }

    /** One reading, or none at all. */
    private static Optional<CompletableFuture<List<Known>>> reading(
            LiveList list, FormContext form, Optional<Protocol> protocol) {
        return switch (list) {
            case ZONES ->
                Optional.of(read(form, Resource.LOAD_BALANCER).thenApply(loadBalancer -> words(loadBalancer.zones())));
            case FAILOVER_IPS -> Optional.of(read(form, Resource.FAILOVER_IPS).thenApply(LiveChoices::words));
            case CERTIFICATES -> Optional.of(read(form, Resource.CERTIFICATES).thenApply(LiveChoices::objects));
            case FRONTENDS ->
                protocol.map(each -> read(form, Resource.frontends(each)).thenApply(LiveChoices::objects));
            case FARMS -> protocol.map(each -> read(form, Resource.farms(each)).thenApply(LiveChoices::objects));
            case ROUTES ->
                protocol.map(each -> read(form, Resource.routes(each)).thenApply(LiveChoices::objects));
            case LOAD_BALANCERS, RULES, SERVERS, VRACK_NETWORKS -> Optional.empty();
        };
    }

    private static <T> CompletableFuture<T> read(FormContext form, Resource<T> what) {
        Target target = form.loadBalancer().resolve(form.item());
        return Readings.get().of(target, what, FRESH).thenApply(Reading::value);
    }

    /**
     * The load balancer itself, read anew, for a check that says what is wrong now.
     *
     * @throws IplbException when it cannot be read
     */
    public LoadBalancer read(@CheckForNull Item item, LoadBalancerChoice choice) {
        if (!mayUseCredentialsOf(item)) {
            throw new IplbException(FailureKind.CREDENTIALS, Messages.LiveChoices_MayNotUse());
        }
        Target target = choice.resolve(item);
        return new Snapshot(target.session(PATIENCE), target.service()).loadBalancer();
    }

    private static List<Known> words(List<String> words) {
        return words.stream().map(word -> new Known(word, Set.of(word))).toList();
    }

    /** Each by its name when it is the only one of that name, else by its id. */
    private static List<Known> objects(List<? extends Named> objects) {
        Map<String, Long> names =
                objects.stream().collect(Collectors.groupingBy(LiveChoices::name, Collectors.counting()));
        return objects.stream()
                .map(each -> {
                    String id = Long.toString(each.id());
                    boolean byName = isReference(name(each)) && names.get(name(each)) == 1;
                    return new Known(
                            byName ? name(each) : id, isReference(name(each)) ? Set.of(id, name(each)) : Set.of(id));
                })
                .toList();
    }

    /** Digits would be taken for an id. */
    private static boolean isReference(String name) {
        return !name.isBlank() && !name.chars().allMatch(Character::isDigit);
    }

    private static String name(Named object) {
        return object.displayName() == null ? "" : object.displayName();
    }

    private static boolean mayUseCredentialsOf(Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(CredentialsProvider.USE_ITEM);
    }

    /**
     * Something that is there.
     *
     * @param reference what steps call it
     * @param names all that it could be called
     */
    record Known(String reference, Set<String> names) {}
}
