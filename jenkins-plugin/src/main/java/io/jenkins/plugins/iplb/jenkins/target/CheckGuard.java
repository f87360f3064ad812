package io.jenkins.plugins.iplb.jenkins.target;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Item;
import io.jenkins.plugins.iplb.api.LoadBalancer;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.check.Http2Target;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.configuration.UsableLoadBalancer;
import io.jenkins.plugins.iplb.operation.LiveCheck;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;

/**
 * Keeps checks, which connect from the controller, away from what is behind it: a job could otherwise find out which hosts
 * and ports there are. A check may connect to what an administrator has listed, to the addresses of the named load balancers
 * that its job may use, and, by the URL alone, to anything that is public.
 */
public final class CheckGuard {
    private static final Logger LOGGER = Logger.getLogger(CheckGuard.class.getName());

    /** For each load balancer that is asked for its addresses. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Item item;
    private final OkHttpClient http;

    /** @param item whose builds check */
    public CheckGuard(@CheckForNull Item item, OkHttpClient http) {
        this.item = item;
        this.http = http;
    }

    /** A check of this target, when it is allowed. @throws InvalidInput as {@link #client} */
    public LiveCheck check(Http2Target target) {
        return new LiveCheck(client(target));
    }

    /**
     * A client that connects where this check goes, and was found to be allowed there: the name is not looked up again.
     *
     * @throws InvalidInput for {@code connectTo} or {@code url}; whether there is anything, it does not tell
     */
    OkHttpClient client(Http2Target target) {
        boolean byUrl = target.connectTo() == null;
        String host = byUrl ? target.url().getHost() : target.connectTo().host();
        int port = byUrl ? port(target) : target.connectTo().port();
        List<InetAddress> addresses = addresses(host);
        if (addresses.isEmpty() || !isAllowed(host, port, addresses, byUrl)) {
            throw new InvalidInput(
                    byUrl ? "url" : "connectTo",
                    (byUrl ? target.url() : target.connectTo()).toString(),
                    "an address of a named load balancer that this job may use, or what an administrator has listed");
        }
        return http.newBuilder()
                .dns(name -> name.equals(host) ? addresses : http.dns().lookup(name))
                .build();
    }

    private boolean isAllowed(String host, int port, Collection<InetAddress> addresses, boolean byUrl) {
        boolean listed = OvhLoadBalancers.get().getCheckTargets().stream()
                .anyMatch(each -> each.equalsIgnoreCase(host) || each.equalsIgnoreCase(host + ":" + port));
        return listed
                || byUrl && addresses.stream().allMatch(CheckGuard::isPublic)
                || loadBalancerAddresses().containsAll(addresses);
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

    private Set<InetAddress> loadBalancerAddresses() {
        Set<InetAddress> all = new HashSet<>();
        for (UsableLoadBalancer each : UsableLoadBalancer.by(item)) {
            try {
                Target target = new LoadBalancerChoice(each.named().getName(), null, null).resolve(item);
                Snapshot read = new Snapshot(target.session(PATIENCE), target.service());
                LoadBalancer loadBalancer = read.loadBalancer();
                Stream.concat(loadBalancer.addresses().stream(), read.failoverIps().stream())
                        .map(block -> block.replaceFirst("/.*", ""))
                        .flatMap(address -> addresses(address).stream())
                        .forEach(all::add);
            } catch (IplbException e) {
                LOGGER.log(
                        Level.FINE, e, () -> "The addresses of " + each.named().getName() + " are not known");
            }
        }
        return all;
    }

    private static int port(Http2Target target) {
        return target.url().getPort() == -1 ? 443 : target.url().getPort();
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
