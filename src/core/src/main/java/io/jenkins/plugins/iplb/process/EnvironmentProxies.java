package io.jenkins.plugins.iplb.process;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;

/**
 * The proxies that the environment names, as curl, Python and Go take them: {@code https_proxy} for https, {@code
 * http_proxy} for http, {@code no_proxy} for whom none is used; in capitals too, small letters first. Where none is
 * named, those of Java's own settings are used. The name and password of a proxy are in its URL, and are sent to it once.
 */
final class EnvironmentProxies extends ProxySelector {
    private static final String AUTHORIZATION = "Proxy-Authorization";
    private static final int DEFAULT_PORT = 80;

    private final Map<String, String> environment;
    private final NoProxy noProxy;
    private final ProxySelector javas = ProxySelector.getDefault();

    private EnvironmentProxies(Map<String, String> environment) {
        this.environment = environment;
        this.noProxy = new NoProxy(variable("no_proxy").map(Variable::value).orElse(""));
    }

    /** Lets the client connect by way of them. */
    static OkHttpClient.Builder in(OkHttpClient.Builder client, Map<String, String> environment) {
        EnvironmentProxies proxies = new EnvironmentProxies(environment);
        return client.proxySelector(proxies)
                .proxyAuthenticator(proxies::authenticate)
                // A request that cannot be repeated must not be refused first.
                .addNetworkInterceptor(chain -> {
                    Route route = chain.connection().route();
                    boolean forProxy = route.proxy().type() == Proxy.Type.HTTP && !route.requiresTunnel();
                    Optional<String> known = forProxy ? proxies.authorization(route) : Optional.empty();
                    return chain.proceed(known.map(value -> chain.request()
                                    .newBuilder()
                                    .header(AUTHORIZATION, value)
                                    .build())
                            .orElse(chain.request()));
                });
    }

    /** @throws IplbException of kind {@code USAGE} for a proxy that cannot be meant; its value may hold a password */
    @Override
    public List<Proxy> select(URI target) {
        Optional<Named> named = named(target.getScheme());
        if (named.isEmpty()) {
            return javas == null ? List.of(Proxy.NO_PROXY) : javas.select(target);
        }
        int port = target.getPort() >= 0 ? target.getPort() : "https".equals(target.getScheme()) ? 443 : 80;
        return List.of(
                noProxy.matches(target.getHost(), port)
                        ? Proxy.NO_PROXY
                        : named.get().proxy());
    }

    @Override
    public void connectFailed(URI target, SocketAddress address, IOException failure) {
        if (javas != null) {
            javas.connectFailed(target, address, failure);
        }
    }

    /** Once: what a proxy refused, it will refuse again. */
    private Request authenticate(Route route, Response response) {
        Response asSent = response.networkResponse() == null ? response : response.networkResponse();
        String refused = asSent.request().header(AUTHORIZATION);
        Optional<String> known = authorization(route);
        if (refused == null && known.isPresent()) {
            return response.request()
                    .newBuilder()
                    .header(AUTHORIZATION, known.get())
                    .build();
        }
        boolean inAdvance = response.challenges().stream()
                .anyMatch(challenge -> challenge.scheme().equalsIgnoreCase("OkHttp-Preemptive"));
        if (inAdvance) {
            return null;
        }
        InetSocketAddress address = (InetSocketAddress) route.proxy().address();
        throw new IplbException(
                FailureKind.CREDENTIALS,
                "the proxy %s:%d %s"
                        .formatted(
                                address.getHostString(),
                                address.getPort(),
                                refused == null
                                        ? "asks for a name and a password: put them into the proxy's URL, as in http://name:password@proxy:3128"
                                        : "refuses the name and the password in its URL"));
    }

    private Optional<String> authorization(Route route) {
        return named(route.address().url().scheme())
                .filter(named -> named.proxy().equals(route.proxy()))
                .map(Named::authorization);
    }

    private Optional<Named> named(String scheme) {
        return variable(scheme + "_proxy").map(Variable::named);
    }

    /** In a CGI script HTTP_PROXY is what a stranger has sent as a header: curl and Go pass it over there. */
    private Optional<Variable> variable(String name) {
        String capitals = name.toUpperCase(Locale.ROOT);
        boolean header = capitals.equals("HTTP_PROXY") && environment.containsKey("REQUEST_METHOD");
        for (String each : header ? List.of(name) : List.of(name, capitals)) {
            String value = environment.getOrDefault(each, "").strip();
            if (!value.isEmpty()) {
                return Optional.of(new Variable(each, value));
            }
        }
        return Optional.empty();
    }

    /** @param authorization null without a name and a password */
    private record Named(Proxy proxy, String authorization) {}

    private record Variable(String name, String value) {
        private Named named() {
            try {
                URI uri = new URI(value.contains("://") ? value : "http://" + value);
                if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
                    throw wrong();
                }
                InetSocketAddress address = InetSocketAddress.createUnresolved(
                        uri.getHost().replaceAll("[\\[\\]]", ""), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
                return new Named(new Proxy(Proxy.Type.HTTP, address), authorization(uri.getRawUserInfo()));
            } catch (URISyntaxException | IllegalArgumentException e) {
                throw wrong();
            }
        }

        private static String authorization(String user) {
            if (user == null) {
                return null;
            }
            String[] parts = user.split(":", 2);
            return Credentials.basic(
                    decoded(parts[0]), parts.length < 2 ? "" : decoded(parts[1]), StandardCharsets.UTF_8);
        }

        /** A plus is a plus in that part of a URL. */
        private static String decoded(String part) {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        }

        private IplbException wrong() {
            return new IplbException(
                    FailureKind.USAGE,
                    "the environment variable %s names no proxy that can be used; allowed: http://host:port or http://name:password@host:port, with special characters as %%XX"
                            .formatted(name));
        }
    }
}
