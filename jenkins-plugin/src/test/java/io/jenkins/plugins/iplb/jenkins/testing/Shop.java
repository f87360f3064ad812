package io.jenkins.plugins.iplb.jenkins.testing;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.util.Secret;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.credentials.OvhApiCredentials;
import io.jenkins.plugins.iplb.jenkins.credentials.OvhApplicationKeys;
import io.jenkins.plugins.iplb.jenkins.credentials.OvhServiceAccount;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** OVH's API in a box with the demo's shop in it, and a controller that knows it as {@code shop}. */
public final class Shop implements AutoCloseable {
    public static final String NAME = "shop";
    public static final String SERVICE = DemoWorld.SERVICE;
    public static final String CREDENTIALS = "ovh";

    private static final String HEALTH_CHECK = "/auth/.*|/ipLoadbalancing/[^/]+(/pendingChanges|/task)?";

    private final Sandbox sandbox;

    public Shop() {
        this(InstantSource.system());
    }

    /** @param clock OVH's */
    public Shop(InstantSource clock) {
        sandbox = Sandbox.builder().clock(clock).world(DemoWorld::in).start();
        sandbox.world().refreshTakes(Duration.ofMillis(300)).ipMoveTakes(Duration.ofMillis(300));
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    /** The calls but for those by which the controller looks, minutes after its start, how its load balancers are. */
    public List<Exchange> asked() {
        return sandbox.calls().all().stream()
                .filter(call -> !call.path().matches(HEALTH_CHECK))
                .toList();
    }

    /**
     * Runs on the controller, in the place of an earlier shop: configures credentials, the allowed endpoint and the named
     * load balancer.
     */
    public void configure() throws Exception {
        key().configure();
    }

    public OvhApplicationKeys credentials(String id) {
        return credentials(CredentialsScope.GLOBAL, id);
    }

    public OvhApplicationKeys credentials(CredentialsScope scope, String id) {
        return key().credentials(scope, id);
    }

    /** For a controller in another process. */
    public Key key() {
        return new Key(
                sandbox.httpEndpoint().toString(),
                sandbox.credentials().applicationKey(),
                sandbox.credentials().applicationSecret(),
                sandbox.credentials().consumerKey());
    }

    /** Where the shop is and how to get in. */
    public record Key(String endpoint, String applicationKey, String applicationSecret, String consumerKey)
            implements Serializable {

        /** As {@link Shop#configure}. */
        public void configure() throws IOException {
            OvhLoadBalancers configuration = OvhLoadBalancers.get();
            configuration.setCustomEndpoints(List.of(endpoint));
            configuration.setCheckTargets(List.of("127.0.0.1"));
            configuration.setLoadBalancers(List.of(new NamedLoadBalancer(NAME, SERVICE, CREDENTIALS)));
            SystemCredentialsProvider store = SystemCredentialsProvider.getInstance();
            store.getCredentials()
                    .removeIf(each -> each instanceof OvhApiCredentials ours
                            && ours.getId().equals(CREDENTIALS));
            store.getCredentials().add(credentials(CredentialsScope.GLOBAL, CREDENTIALS));
            store.save();
        }

        private OvhApplicationKeys credentials(CredentialsScope scope, String id) {
            return new OvhApplicationKeys(
                    scope,
                    id,
                    "the shop's",
                    endpoint,
                    applicationKey,
                    Secret.fromString(applicationSecret),
                    Secret.fromString(consumerKey));
        }
    }

    public OvhServiceAccount serviceAccount(String id) {
        return new OvhServiceAccount(
                CredentialsScope.GLOBAL,
                id,
                "the shop's account",
                sandbox.httpEndpoint().toString(),
                sandbox.credentials().clientId(),
                Secret.fromString(sandbox.credentials().clientSecret()));
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
