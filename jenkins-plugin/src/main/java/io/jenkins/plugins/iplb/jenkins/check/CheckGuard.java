package io.jenkins.plugins.iplb.jenkins.check;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import io.jenkins.plugins.iplb.check.CheckTarget;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.configuration.UsableLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.readings.Readings;
import io.jenkins.plugins.iplb.jenkins.readings.Resource;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.operation.LiveCheck;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;

/**
 * Keeps checks, which connect from the controller, away from what is behind it: a job could otherwise find out which hosts
 * and ports there are. A check may connect to what an administrator has listed, to the addresses of the named load balancers
 * that its job may use, and, by the URL alone, to anything that is public.
 */
public final class CheckGuard {
    private static final Logger LOGGER = Logger.getLogger(CheckGuard.class.getName());

    /** How old a reading may be that refuses: a failover IP may have come since. One that allows may be as old as is kept. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Item item;
    private final OkHttpClient http;

    /** @param item whose builds check */
    public CheckGuard(@CheckForNull Item item, OkHttpClient http) {
        this.item = item;
        this.http = http;
    }

    /** A check of this target, when it is allowed; fails as {@link #client} does. */
    public CompletableFuture<LiveCheck> check(CheckTarget target) {
        return client(target).thenApply(LiveCheck::new);
    }

    /** Clients for these targets, when all are allowed; fails as {@link #client} does. */
    public CompletableFuture<List<OkHttpClient>> clients(List<CheckTarget> targets) {
        List<CompletableFuture<OkHttpClient>> all =
                targets.stream().map(this::client).toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done -> all.stream().map(CompletableFuture::join).toList());
    }

    /**
     * A client that connects where this check goes, and was found to be allowed there: the name is not looked up again.
     *
     * @return fails with an {@link InvalidInput} for {@code connectTo} or {@code url}; whether there is anything, it does
     *     not tell
     */
    CompletableFuture<OkHttpClient> client(CheckTarget target) {
        return target.connectTo() == null
                ? client("url", target.url())
                : client(
                        "connectTo",
                        target.connectTo().toString(),
                        target.connectTo().host(),
                        target.connectTo().port(),
                        false);
    }

    /**
     * The same for any other look at a URL.
     *
     * @param parameter that has given it
     */
    public CompletableFuture<OkHttpClient> client(String parameter, URI url) {
        return client(parameter, url.toString(), url.getHost(), port(url), true);
    }

    private CompletableFuture<OkHttpClient> client(
            String parameter, String given, String host, int port, boolean byUrl) {
        List<InetAddress> addresses = addresses(host);
        return isAllowed(host, port, addresses, byUrl).thenApply(allowed -> {
            if (!allowed) {
                throw new InvalidInput(
                        parameter,
                        given,
                        "an address of a named load balancer that this job may use, or what an administrator has listed");
            }
            return http.newBuilder()
                    .dns(name -> name.equals(host) ? addresses : http.dns().lookup(name))
                    .build();
        });
    }

    private CompletableFuture<Boolean> isAllowed(
            String host, int port, Collection<InetAddress> addresses, boolean byUrl) {
        if (addresses.isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        boolean listed = OvhLoadBalancers.get().getCheckTargets().stream()
                .anyMatch(each -> each.equalsIgnoreCase(host) || each.equalsIgnoreCase(host + ":" + port));
        return listed || byUrl && addresses.stream().allMatch(CheckGuard::isPublic)
                ? CompletableFuture.completedFuture(true)
                : areOfLoadBalancers(addresses);
    }

    private CompletableFuture<Boolean> areOfLoadBalancers(Collection<InetAddress> addresses) {
        return loadBalancerAddresses(Readings.KEPT)
                .thenCompose(known -> known.containsAll(addresses)
                        ? CompletableFuture.completedFuture(true)
                        : loadBalancerAddresses(FRESH).thenApply(now -> now.containsAll(addresses)));
    }

    /** None where a name is unknown. */
    private List<InetAddress> addresses(String host) {
        try {
            String literal = host.replaceAll("^\\[|]$", "");
            return http.dns().lookup(literal);
        } catch (UnknownHostException e) {
            LOGGER.log(Level.FINE, e, () -> "A check of an unknown host");
            return List.of();
        }
    }

    /** Of all that the job may use, as far as they can be read. */
    private CompletableFuture<Set<InetAddress>> loadBalancerAddresses(Duration maxAge) {
        List<CompletableFuture<Set<InetAddress>>> all = UsableLoadBalancer.by(item).stream()
                .map(usable -> addresses(usable, maxAge).exceptionally(failure -> {
                    LOGGER.log(
                            Level.FINE,
                            failure,
                            () -> "The addresses of " + usable.named().getName() + " are not known");
                    return Set.of();
                }))
                .toList();
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done ->
                        all.stream().flatMap(each -> each.join().stream()).collect(Collectors.toUnmodifiableSet()));
    }

    private CompletableFuture<Set<InetAddress>> addresses(UsableLoadBalancer usable, Duration maxAge) {
        try {
            Target target = LoadBalancerChoice.target(item, usable);
            Readings readings = Readings.get();
            return readings.of(target, Resource.LOAD_BALANCER, maxAge)
                    .thenCombine(
                            readings.of(target, Resource.FAILOVER_IPS, maxAge),
                            (loadBalancer, failoverIps) -> Stream.concat(
                                            loadBalancer.value().addresses().stream(), failoverIps.value().stream())
                                    .map(block -> block.replaceFirst("/.*", ""))
                                    .flatMap(address -> addresses(address).stream())
                                    .collect(Collectors.toUnmodifiableSet()));
        } catch (IplbException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static int port(URI url) {
        return url.getPort() == -1 ? "http".equals(url.getScheme()) ? 80 : 443 : url.getPort();
    }

    /** Neither this machine, nor the networks that are only reached from inside (RFC 1918, 6598, 4193, 3927, 4291). */
    private static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean shared = bytes.length == 4 && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
        boolean uniqueLocal = address instanceof Inet6Address && (bytes[0] & 0xfe) == 0xfc;
        return !(address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || shared
                || uniqueLocal);
    }
}
