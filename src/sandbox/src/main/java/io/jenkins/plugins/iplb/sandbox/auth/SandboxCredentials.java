package io.jenkins.plugins.iplb.sandbox.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The credentials the sandbox knows. Starts with one of each kind, all powerful: a validated application key triple, a
 * service account, and a static access token. Tests narrow, expire and add. Safe for many threads.
 */
public final class SandboxCredentials {
    /** How long a token of the client-credentials flow lives; OVH says 3599 in {@code expires_in}. */
    static final Duration TOKEN_LIFE = Duration.ofHours(1);

    private final Map<String, ApplicationCredential> byConsumerKey = new LinkedHashMap<>();
    private final Map<String, ServiceAccount> byClientId = new LinkedHashMap<>();
    private final Map<String, AccessToken> byToken = new LinkedHashMap<>();

    private SandboxCredentials() {}

    /** One credential of each kind with random secrets. */
    public static SandboxCredentials random(Instant now) {
        return of(
                new Keys(Secrets.name(16), Secrets.secret(32), Secrets.secret(32)),
                new Client("EU." + Secrets.name(16), Secrets.secret(32)),
                Secrets.secret(60),
                now);
    }

    /** One credential of each kind, each with every right. */
    public static SandboxCredentials of(Keys keys, Client client, String accessToken, Instant now) {
        SandboxCredentials credentials = new SandboxCredentials();
        List<AccessRule> everything = Stream.of("GET", "POST", "PUT", "DELETE")
                .map(method -> new AccessRule(method, "/*"))
                .toList();
        credentials.put(new ApplicationCredential(
                1,
                keys.applicationKey(),
                keys.applicationSecret(),
                keys.consumerKey(),
                CredentialState.validated,
                everything,
                now,
                null));
        credentials.put(new ServiceAccount(client.id(), client.secret(), IamPolicy.ALL));
        credentials.put(new AccessToken(accessToken, "static-token", IamPolicy.ALL, null));
        return credentials;
    }

    /** What signs a request. */
    public record Keys(String applicationKey, String applicationSecret, String consumerKey) {}

    /** What a service account asks for a token with. */
    public record Client(String id, String secret) {}

    /** What is kept in the state file. */
    public record Snapshot(
            List<ApplicationCredential> applications, List<ServiceAccount> accounts, List<AccessToken> tokens) {}

    public static SandboxCredentials restored(Snapshot snapshot) {
        SandboxCredentials credentials = new SandboxCredentials();
        snapshot.applications().forEach(credentials::put);
        snapshot.accounts().forEach(credentials::put);
        snapshot.tokens().forEach(credentials::put);
        return credentials;
    }

    public synchronized Snapshot snapshot() {
        return new Snapshot(
                List.copyOf(byConsumerKey.values()), List.copyOf(byClientId.values()), List.copyOf(byToken.values()));
    }

    public String applicationKey() {
        return application().applicationKey();
    }

    public String applicationSecret() {
        return application().applicationSecret();
    }

    public String consumerKey() {
        return application().consumerKey();
    }

    public String clientId() {
        return serviceAccount().clientId();
    }

    public String clientSecret() {
        return serviceAccount().clientSecret();
    }

    public synchronized String accessToken() {
        return byToken.values().iterator().next().token();
    }

    /** The first application credential. */
    public synchronized ApplicationCredential application() {
        return byConsumerKey.values().iterator().next();
    }

    /** The first service account. */
    public synchronized ServiceAccount serviceAccount() {
        return byClientId.values().iterator().next();
    }

    public synchronized void put(ApplicationCredential credential) {
        byConsumerKey.put(credential.consumerKey(), credential);
    }

    public synchronized void put(ServiceAccount account) {
        byClientId.put(account.clientId(), account);
    }

    public synchronized void put(AccessToken token) {
        byToken.put(token.token(), token);
    }

    public void state(String consumerKey, CredentialState state) {
        change(consumerKey, credential -> credential.in(state));
    }

    public void rules(String consumerKey, AccessRule... rules) {
        change(consumerKey, credential -> credential.allowed(List.of(rules)));
    }

    public void expiration(String consumerKey, Instant expiration) {
        change(consumerKey, credential -> credential.until(expiration));
    }

    public synchronized void policy(String clientId, IamPolicy policy) {
        put(new ServiceAccount(clientId, byClientId.get(clientId).clientSecret(), policy));
    }

    synchronized Optional<ApplicationCredential> byConsumerKey(String consumerKey) {
        return Optional.ofNullable(byConsumerKey.get(consumerKey));
    }

    synchronized Optional<ApplicationCredential> anyOfApplication(String applicationKey) {
        return byConsumerKey.values().stream()
                .filter(credential -> credential.applicationKey().equals(applicationKey))
                .findFirst();
    }

    synchronized Optional<ServiceAccount> account(String clientId) {
        return Optional.ofNullable(byClientId.get(clientId));
    }

    synchronized Optional<Bearer> bearer(String token, Instant now) {
        return Optional.ofNullable(byToken.get(token))
                .filter(known -> known.validAt(now))
                .map(known -> {
                    ServiceAccount owner = byClientId.get(known.owner());
                    IamPolicy policy =
                            known.policy() != null ? known.policy() : owner == null ? IamPolicy.NONE : owner.policy();
                    return new Bearer(known.owner(), policy);
                });
    }

    /** A new consumer key that waits for somebody to validate it. */
    synchronized ApplicationCredential request(String applicationKey, List<AccessRule> rules, Instant now) {
        ApplicationCredential application = anyOfApplication(applicationKey).orElseThrow();
        ApplicationCredential asked = new ApplicationCredential(
                byConsumerKey.size() + 1L,
                applicationKey,
                application.applicationSecret(),
                Secrets.secret(32),
                CredentialState.pendingValidation,
                new ArrayList<>(rules),
                now,
                null);
        put(asked);
        return asked;
    }

    synchronized AccessToken issue(ServiceAccount account, Instant now) {
        AccessToken token = new AccessToken(Secrets.secret(60), account.clientId(), null, now.plus(TOKEN_LIFE));
        put(token);
        return token;
    }

    private synchronized void change(String consumerKey, UnaryOperator<ApplicationCredential> change) {
        put(change.apply(byConsumerKey.get(consumerKey)));
    }
}
