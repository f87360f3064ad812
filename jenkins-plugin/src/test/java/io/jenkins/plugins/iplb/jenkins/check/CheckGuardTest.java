package io.jenkins.plugins.iplb.jenkins.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.iplb.check.CheckTarget;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.Waits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Where a check may connect from the controller. */
@WithJenkins
class CheckGuardTest {
    private static final String URL = "https://www.shop.example/";

    /** As the sandbox has it. */
    private static final String OWN = "198.51.100.1";

    private static final String MOVED = "203.0.113.7";

    private static final String REFUSED =
            "an address of a named load balancer that this job may use, or what an administrator has listed";

    /** What names mean here: nothing is asked outside. */
    private static final Map<String, String> NAMES =
            Map.of("www.shop.example", "198.51.100.7", "inside.example", "10.0.0.5", "lb.example", "203.0.113.10");

    private static FreeStyleProject job;

    private Shop shop;

    @BeforeAll
    static void start(JenkinsRule jenkins) throws Exception {
        job = jenkins.createFreeStyleProject("job");
    }

    @BeforeEach
    void open() throws Exception {
        shop = new Shop();
        shop.configure();
        OvhLoadBalancers.get().setCheckTargets(List.of());
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aPublicAddressIsReachedByItsUrl() throws Exception {
        client(CheckTarget.of(URL, null, null));

        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://inside.example/",
                "https://127.0.0.1/",
                "https://192.168.1.1:8443/",
                "https://172.16.0.1/",
                "https://169.254.169.254/",
                "https://100.64.0.1/",
                "https://[::1]/",
                "https://[fd00::1]/",
                "https://nowhere.example/"
            })
    void whatIsInsideIsNotReachedByItsUrl(String url) {
        assertThatThrownBy(() -> client(CheckTarget.of(url, null, null)))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("url: '%s' was given; allowed: %s".formatted(url, REFUSED));
    }

    /** Of a host that is there and one that is not, a job is told the same. */
    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.5:22", "nowhere.example:443", "inside.example:443", "198.51.100.7:443"})
    void connectToReachesNothingButLoadBalancers(String connectTo) {
        assertThatThrownBy(() -> client(CheckTarget.of(URL, connectTo, null)))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("connectTo: '%s' was given; allowed: %s".formatted(connectTo, REFUSED));
    }

    @Test
    void connectToReachesTheAddressAndTheFailoverIpsOfALoadBalancerThatTheJobMayUse() throws Exception {
        OkHttpClient client = client(CheckTarget.of(URL, OWN + ":443", null));

        assertThat(client.dns().lookup(OWN)).containsExactly(InetAddress.getByName(OWN));
    }

    @Test
    void notThoseOfALoadBalancerThatTheJobMayNotUse() {
        NamedLoadBalancer named = new NamedLoadBalancer(Shop.NAME, Shop.SERVICE, Shop.CREDENTIALS);
        named.setAllowedItems(List.of("others"));
        OvhLoadBalancers.get().setLoadBalancers(List.of(named));

        assertThatThrownBy(() -> client(CheckTarget.of(URL, OWN + ":443", null)))
                .isInstanceOf(InvalidInput.class);
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    @Test
    void whatIsListedIsReachedOnThatPortOrOnAll() throws Exception {
        OvhLoadBalancers.get().setCheckTargets(List.of("10.0.0.5:8443", "inside.example"));

        client(CheckTarget.of(URL, "10.0.0.5:8443", null));
        client(CheckTarget.of(URL, "inside.example:22", null));
        assertThatThrownBy(() -> client(CheckTarget.of(URL, "10.0.0.5:22", null)))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void howManyChecksThereAreMakesNoDifferenceToOvh() throws Exception {
        for (int i = 0; i < 5; i++) {
            client(CheckTarget.of(URL, OWN + ":443", null));
        }

        assertThat(shop.sandbox().calls().count("GET", "/ipLoadbalancing/*")).isOne();
        assertThat(shop.sandbox().calls().count("GET", "/ipLoadbalancing/*/failover"))
                .isOne();
    }

    @Test
    void aFailoverIpThatCameAfterTheLastReadingIsReachedAllTheSame() throws Exception {
        client(CheckTarget.of(URL, OWN + ":443", null));
        shop.sandbox().world().failoverIp(MOVED, Shop.SERVICE);

        Waits.until(() -> isAllowed(CheckTarget.of(URL, MOVED + ":443", null)));
    }

    private boolean isAllowed(CheckTarget target) throws Exception {
        try {
            client(target);
            return true;
        } catch (InvalidInput e) {
            return false;
        }
    }

    private OkHttpClient client(CheckTarget target) throws Exception {
        try {
            return guard().client(target).get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    private CheckGuard guard() {
        return new CheckGuard(
                job,
                new OkHttpClient.Builder()
                        .dns(name -> {
                            if (name.endsWith(".example") && !NAMES.containsKey(name)) {
                                throw new UnknownHostException(name);
                            }
                            return List.of(InetAddress.getByName(NAMES.getOrDefault(name, name)));
                        })
                        .build());
    }
}
