package io.jenkins.plugins.iplb.ovh;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Credentials.AccessToken;
import io.jenkins.plugins.iplb.ovh.Credentials.ApplicationKeys;
import io.jenkins.plugins.iplb.ovh.Credentials.ServiceAccount;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.OkHttpClient;

/**
 * All clients of a process. They share one HTTP client; those of one key share its budget, its clock offset and its
 * token.
 */
public final class OvhClients {
    private final Transport transport;
    private final Limits limits;
    private final InstantSource clock;
    private final Map<Identity, OvhClient> clients = new ConcurrentHashMap<>();
    private final Map<String, Budget> budgets = new ConcurrentHashMap<>();

    /** @param http connections, threads and proxy of this client are used; it is not changed */
    public OvhClients(OkHttpClient http, Limits limits, InstantSource clock) {
        this.transport = new Transport(http, limits, clock);
        this.limits = limits;
        this.clock = clock;
    }

    /** @throws IplbException for a service account on an endpoint that issues no tokens */
    public OvhClient client(Endpoint endpoint, Credentials credentials) {
        return clients.computeIfAbsent(new Identity(endpoint, credentials), this::create);
    }

    private OvhClient create(Identity identity) {
        Endpoint endpoint = identity.endpoint();
        Budget budget = budgets.computeIfAbsent(
                endpoint.baseUrl() + " " + identity.credentials().principal(),
                key -> new Budget(limits.requestsPerMinute()));
        return new OvhClient(
                endpoint, transport, authenticator(endpoint, identity.credentials()), budget, limits, clock);
    }

    private Authenticator authenticator(Endpoint endpoint, Credentials credentials) {
        if (credentials instanceof ApplicationKeys keys) {
            return new SignedRequests(keys, new ServerClock(transport, endpoint, clock));
        }
        if (credentials instanceof ServiceAccount account) {
            URI tokenUrl = endpoint.tokenUrl()
                    .orElseThrow(() -> new IplbException(
                            FailureKind.USAGE,
                            "endpoint %s has no service accounts: use an application key".formatted(endpoint.name())));
            return new BearerTokens(account, tokenUrl, transport, clock);
        }
        return new GivenToken((AccessToken) credentials);
    }

    private record Identity(Endpoint endpoint, Credentials credentials) {
        /** As good as one of all fields, and without what that takes at its first use: most processes ask but once. */
        @Override
        public int hashCode() {
            return credentials.principal().hashCode();
        }
    }
}
