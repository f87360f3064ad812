package io.jenkins.plugins.iplb.ovh;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Credentials.AccessToken;
import io.jenkins.plugins.iplb.ovh.Credentials.ApplicationKeys;
import io.jenkins.plugins.iplb.ovh.Credentials.ServiceAccount;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where to call and as whom, found where OVH's own clients find it. For each key the first that has it wins: what was
 * given, the environment ({@code OVH_ENDPOINT}, {@code OVH_APPLICATION_KEY}, …), {@code ./ovh.conf}, {@code
 * ~/.ovh.conf}, {@code /etc/ovh.conf}. The first that has credentials of any kind decides on the kind.
 *
 * @param requestsPerMinute the budget of the key, as it was written; empty where nobody says
 */
public record Settings(Endpoint endpoint, Credentials credentials, Optional<String> requestsPerMinute) {
    private static final List<Method> METHODS = List.of(
            new Method("application key", List.of("application_key", "application_secret", "consumer_key")),
            new Method("service account", List.of("client_id", "client_secret")),
            new Method("access token", List.of("access_token")));

    /**
     * @param given by key as in {@code ovh.conf} ({@code endpoint}, {@code application_key}, …)
     * @param environment such as {@code System.getenv()}
     * @param files such as {@link #files}; those that do not exist are passed over
     * @throws IplbException when there are no credentials, half of some, or more than one kind in one place; and for a
     *     file that cannot be read, unless all credentials come from stronger places
     */
    public static Settings find(Map<String, String> given, Map<String, String> environment, List<Path> files) {
        List<Source> sources = new ArrayList<>();
        sources.add(new Source("given", (section, key) -> Optional.ofNullable(given.get(key))));
        sources.add(new Source(
                "environment",
                (section, key) -> Optional.ofNullable(environment.get("OVH_" + key.toUpperCase(Locale.ROOT)))));
        files.forEach(file -> OvhConf.read(file).ifPresent(conf -> sources.add(new Source(file.toString(), conf))));

        Endpoint named = Endpoint.of(find(sources, "default", "endpoint").orElse(Endpoint.DEFAULT_NAME));
        Endpoint endpoint = find(sources, named.name(), "token_url")
                .map(named::withTokenUrl)
                .orElse(named);
        return new Settings(
                endpoint, credentials(sources, endpoint), find(sources, endpoint.name(), "requests_per_minute"));
    }

    /**
     * Those of this key.
     *
     * @param usual those of a key of which nothing is said
     * @throws IplbException for a budget that nobody may have
     */
    public Limits limits(Limits usual) {
        return requestsPerMinute.map(usual::requestsPerMinute).orElse(usual);
    }

    /** The files that OVH's clients read, the strongest first. */
    public static List<Path> files(Path workingDirectory, Path home) {
        return List.of(workingDirectory.resolve("ovh.conf"), home.resolve(".ovh.conf"), Path.of("/etc/ovh.conf"));
    }

    private static Credentials credentials(List<Source> sources, Endpoint endpoint) {
        Method method = method(sources, endpoint);
        List<String> values = method.keys().stream()
                .map(key -> required(sources, endpoint, method, key))
                .toList();
        return switch (values.size()) {
            case 3 -> new ApplicationKeys(values.get(0), values.get(1), values.get(2));
            case 2 -> new ServiceAccount(values.get(0), values.get(1));
            default -> new AccessToken(values.get(0));
        };
    }

    /** The strongest source that has any credentials decides; of those it lacks, weaker sources may have some. */
    private static Method method(List<Source> sources, Endpoint endpoint) {
        for (Source source : sources) {
            source.values().requireReadable();
            List<Method> used = METHODS.stream()
                    .filter(method -> method.keys().stream()
                            .anyMatch(key ->
                                    find(List.of(source), endpoint.name(), key).isPresent()))
                    .toList();
            if (used.size() > 1) {
                throw new IplbException(
                        FailureKind.USAGE,
                        "more than one authentication method for %s in %s: %s; keep exactly one"
                                .formatted(
                                        endpoint.name(),
                                        source.name(),
                                        used.stream().map(Method::name).collect(Collectors.joining(", "))));
            }
            if (!used.isEmpty()) {
                return used.get(0);
            }
        }
        throw new IplbException(
                FailureKind.USAGE,
                "no OVHcloud credentials for %s: set OVH_APPLICATION_KEY, OVH_APPLICATION_SECRET and OVH_CONSUMER_KEY, or OVH_CLIENT_ID and OVH_CLIENT_SECRET, or OVH_ACCESS_TOKEN, in the environment, or the same without OVH_ in section [%s] of ovh.conf%s"
                        .formatted(endpoint.name(), endpoint.name(), outlines(sources)));
    }

    /** What the files do have, for whoever meant another endpoint. */
    private static String outlines(List<Source> sources) {
        return sources.stream()
                .flatMap(source -> source.values().outline().stream())
                .map(outline -> "; " + outline)
                .collect(Collectors.joining());
    }

    private static String required(List<Source> sources, Endpoint endpoint, Method method, String key) {
        for (Source source : sources) {
            source.values().requireReadable();
            if (find(List.of(source), endpoint.name(), key).isPresent()) {
                break;
            }
        }
        return find(sources, endpoint.name(), key)
                .orElseThrow(() -> new InvalidInput(
                        key,
                        null,
                        "a value in OVH_%s or in section [%s] of ovh.conf, since the %s is used"
                                .formatted(key.toUpperCase(Locale.ROOT), endpoint.name(), method.name())));
    }

    private static Optional<String> find(List<Source> sources, String section, String key) {
        return sources.stream()
                .flatMap(source -> source.values().get(section, key).stream())
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    /** Values by section and key. */
    interface Values {
        Optional<String> get(String section, String key);

        /** @throws IplbException when they are in a file that cannot be read */
        default void requireReadable() {}

        /** Which sections there are, as a part of a sentence. */
        default Optional<String> outline() {
            return Optional.empty();
        }
    }

    private record Source(String name, Values values) {}

    private record Method(String name, List<String> keys) {}
}
