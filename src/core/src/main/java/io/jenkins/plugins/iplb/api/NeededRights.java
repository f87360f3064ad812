package io.jenkins.plugins.iplb.api;

import static io.jenkins.plugins.iplb.ovh.ApiCall.Method.DELETE;
import static io.jenkins.plugins.iplb.ovh.ApiCall.Method.GET;
import static io.jenkins.plugins.iplb.ovh.ApiCall.Method.POST;
import static io.jenkins.plugins.iplb.ovh.ApiCall.Method.PUT;

import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rights that a consumer key needs for everything that this project does, and for nothing else. */
public final class NeededRights {
    /** For a key to say who it is; no operation fails without. */
    private static final List<Right> TO_LOOK_AT_ITSELF =
            List.of(new Right(GET, "/auth/currentCredential"), new Right(GET, "/auth/details"));

    private static final List<Call> CALLS = List.of(
            new Call(GET, "/ipLoadbalancing/*", "/ipLoadbalancing/{}", "/ipLoadbalancing/{}/task"),
            new Call(POST, "/ipLoadbalancing/*/refresh", "/ipLoadbalancing/{}/refresh"),
            ofEachProtocol(POST, "frontend"),
            ofEachProtocol(PUT, "frontend/*"),
            ofEachProtocol(DELETE, "frontend/*"),
            ofEachProtocol(POST, "farm"),
            ofEachProtocol(PUT, "farm/*"),
            ofEachProtocol(DELETE, "farm/*"),
            ofEachProtocol(POST, "farm/*/server"),
            ofEachProtocol(POST, "route"),
            ofEachProtocol(PUT, "route/*"),
            ofEachProtocol(POST, "route/*/rule"),
            ofEachProtocol(DELETE, "route/*"),
            new Call(PUT, "/ipLoadbalancing/*", "/ipLoadbalancing/{}"),
            new Call(POST, "/ipLoadbalancing/*/vrack/network", "/ipLoadbalancing/{}/vrack/network"),
            new Call(PUT, "/ipLoadbalancing/*/vrack/network/*", "/ipLoadbalancing/{}/vrack/network/1"),
            new Call(DELETE, "/ipLoadbalancing/*/vrack/network/*", "/ipLoadbalancing/{}/vrack/network/1"),
            new Call(
                    POST,
                    "/ipLoadbalancing/*/vrack/network/*/updateFarmId",
                    "/ipLoadbalancing/{}/vrack/network/1/updateFarmId"),
            new Call(POST, "/ipLoadbalancing/*/ssl", "/ipLoadbalancing/{}/ssl"),
            new Call(PUT, "/ipLoadbalancing/*/ssl/*", "/ipLoadbalancing/{}/ssl/1"),
            new Call(DELETE, "/ipLoadbalancing/*/ssl/*", "/ipLoadbalancing/{}/ssl/1"),
            new Call(POST, "/ipLoadbalancing/*/freeCertificate", "/ipLoadbalancing/{}/freeCertificate"),
            new Call(GET, "/ip/*", "/ip/{}", "/ip/{}/task"),
            new Call(POST, "/ip/*/move", "/ip/{}/move"),
            new Call(POST, "/ip/*/park", "/ip/{}/park"));

    /** The name of one load balancer or one block, which a key may be narrowed to. */
    private static final Pattern ONE_SERVICE = Pattern.compile("^/(ipLoadbalancing|ip)/[^/*]+(?=/|$)");

    private NeededRights() {}

    /** What to ask for when a key is made. */
    public static List<Right> all() {
        return Stream.concat(TO_LOOK_AT_ITSELF.stream(), CALLS.stream().map(Call::right))
                .toList();
    }

    /**
     * What is needed and not granted. Rights for one load balancer, or one block of addresses, count as much as rights
     * for all.
     */
    public static List<Right> missing(Collection<Right> granted) {
        Set<Right> widened = granted.stream()
                .map(right -> new Right(
                        right.method(), ONE_SERVICE.matcher(right.path()).replaceFirst("/$1/{}")))
                .collect(Collectors.toSet());
        return CALLS.stream()
                .filter(call -> !call.isCoveredBy(widened))
                .map(Call::right)
                .toList();
    }

    /** Where a person makes a key with these rights, filled in already. */
    public static URI tokenPage(Endpoint endpoint) {
        String rights = all().stream()
                .map(right -> right.method() + "=" + right.path())
                .collect(Collectors.joining("&", "/createToken/?", ""));
        return endpoint.baseUrl().resolve(rights);
    }

    private static Call ofEachProtocol(ApiCall.Method method, String path) {
        String sample = path.replace("*", "1");
        return new Call(
                method,
                "/ipLoadbalancing/*/" + path,
                "/ipLoadbalancing/{}/http/" + sample,
                "/ipLoadbalancing/{}/tcp/" + sample);
    }

    /** @param samples paths as they are called, with {@code {}} for the name of the service */
    private record Call(Right right, List<String> samples) {
        Call(ApiCall.Method method, String path, String... samples) {
            this(new Right(method, path), List.of(samples));
        }

        boolean isCoveredBy(Collection<Right> granted) {
            return samples.stream()
                    .allMatch(sample -> granted.stream().anyMatch(each -> each.covers(right.method(), sample)));
        }
    }
}
