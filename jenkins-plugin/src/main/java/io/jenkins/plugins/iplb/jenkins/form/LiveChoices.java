package io.jenkins.plugins.iplb.jenkins.form;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.model.Item;
import hudson.util.ComboBoxModel;
import io.jenkins.plugins.iplb.api.LoadBalancer;
import io.jenkins.plugins.iplb.api.Named;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;

/**
 * What is on a load balancer now, for the drop-downs of forms. A form is never worse off for it: whoever may not use
 * the item's credentials, and whoever asks when OVH does not answer soon, gets an empty list and types. Fields that
 * show it are {@code f:combobox}; their descriptor says, in a method that is {@code @POST},
 *
 * <pre>{@code
 * @POST
 * public ComboBoxModel doFillFarmItems(
 *         @AncestorInPath Item item,
 *         @QueryParameter String loadBalancer,
 *         @QueryParameter String service,
 *         @QueryParameter String credentialsId,
 *         @QueryParameter String protocol) {
 *     return LiveChoices.get().farms(item, new LoadBalancerChoice(loadBalancer, service, credentialsId), protocol);
 * }
 * }</pre>
 *
 * <p>Fields of a form asked for one after the other cost one call per list: a list is kept for half a minute.
 */
@Extension
public final class LiveChoices {
    private static final Logger LOGGER = Logger.getLogger(LiveChoices.class.getName());

    /** As long as a person waits for a form. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Long enough for a form, short enough to show what was just made. */
    static final Duration FRESH = Duration.ofSeconds(30);

    private final Map<Asked, Answer> answers = new ConcurrentHashMap<>();

    public static LiveChoices get() {
        return ExtensionList.lookupSingleton(LiveChoices.class);
    }

    /** The zones the load balancer owns. */
    public ComboBoxModel zones(@CheckForNull Item item, LoadBalancerChoice choice) {
        return list(item, choice, "zones", lb -> lb.loadBalancer().zones());
    }

    /** Failover IPs that are routed to the load balancer, in CIDR form. */
    public ComboBoxModel failoverIps(@CheckForNull Item item, LoadBalancerChoice choice) {
        return list(item, choice, "failoverIps", Snapshot::failoverIps);
    }

    /** Frontends, each by its name when it is the only one of that name, else by its id. */
    public ComboBoxModel frontends(@CheckForNull Item item, LoadBalancerChoice choice, String protocol) {
        return named(item, choice, "frontends", protocol, Snapshot::frontends);
    }

    /** Farms, each by its name when it is the only one of that name, else by its id. */
    public ComboBoxModel farms(@CheckForNull Item item, LoadBalancerChoice choice, String protocol) {
        return named(item, choice, "farms", protocol, Snapshot::farms);
    }

    /** Routes, each by its name when it is the only one of that name, else by its id. */
    public ComboBoxModel routes(@CheckForNull Item item, LoadBalancerChoice choice, String protocol) {
        return named(item, choice, "routes", protocol, Snapshot::routes);
    }

    /**
     * The load balancer itself, for a check that says what is wrong.
     *
     * @throws IplbException when it cannot be read
     */
    public LoadBalancer read(@CheckForNull Item item, LoadBalancerChoice choice) {
        if (!mayUseCredentialsOf(item)) {
            throw new IplbException(FailureKind.CREDENTIALS, Messages.LiveChoices_MayNotUse());
        }
        return lookAt(choice.resolve(item)).loadBalancer();
    }

    private ComboBoxModel named(
            Item item,
            LoadBalancerChoice choice,
            String kind,
            String protocol,
            Listing<? extends List<? extends Named>> listing) {
        Optional<Protocol> family = Stream.of(Protocol.values())
                .filter(each -> each.code().equals(protocol))
                .findFirst();
        return family.map(
                        each -> list(item, choice, each.code() + " " + kind, lb -> references(listing.read(lb, each))))
                .orElseGet(ComboBoxModel::new);
    }

    private ComboBoxModel list(
            Item item, LoadBalancerChoice choice, String what, Function<Snapshot, List<String>> read) {
        if (!mayUseCredentialsOf(item)) {
            return new ComboBoxModel();
        }
        try {
            Target target = choice.resolve(item);
            return new ComboBoxModel(answer(target, what, read)
                    .copy()
                    .completeOnTimeout(List.of(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join());
        } catch (IplbException e) {
            LOGGER.log(Level.FINE, e, () -> "No choice of " + what);
        } catch (CompletionException e) {
            LOGGER.log(Level.FINE, e.getCause(), () -> "No choice of " + what);
        }
        return new ComboBoxModel();
    }

    /** Failures are kept as long as answers: a form with ten fields does not ask ten times in vain. */
    private CompletableFuture<List<String>> answer(Target target, String what, Function<Snapshot, List<String>> read) {
        IplbController controller = IplbController.get();
        Instant now = controller.clock().instant();
        answers.values().removeIf(answer -> !answer.isFreshAt(now));
        return answers.computeIfAbsent(
                        new Asked(target.client(), target.service(), what),
                        asked -> new Answer(
                                now,
                                CompletableFuture.supplyAsync(() -> read.apply(lookAt(target)), controller.workers())))
                .choices();
    }

    private static Snapshot lookAt(Target target) {
        return new Snapshot(target.session(PATIENCE), target.service());
    }

    private static List<String> references(Collection<? extends Named> objects) {
        Map<String, Long> names =
                objects.stream().collect(Collectors.groupingBy(LiveChoices::name, Collectors.counting()));
        return objects.stream()
                .map(each ->
                        isReference(name(each)) && names.get(name(each)) == 1 ? name(each) : Long.toString(each.id()))
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

    private interface Listing<T> {
        T read(Snapshot loadBalancer, Protocol protocol);
    }

    /** Clients are one per key, so that nobody is shown what another key has read. */
    private record Asked(OvhClient client, String service, String what) {}

    private record Answer(Instant since, CompletableFuture<List<String>> choices) {
        boolean isFreshAt(Instant now) {
            return now.isBefore(since.plus(FRESH));
        }
    }
}
