package io.jenkins.plugins.iplb.jenkins.form;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.util.FormValidation;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.jenkins.configuration.NamedLoadBalancer;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.controller.IplbController;
import io.jenkins.plugins.iplb.jenkins.target.LoadBalancerChoice;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.Waits;
import io.jenkins.plugins.iplb.parameter.LiveList;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

@WithJenkins
class LiveChoicesTest {
    private static final LoadBalancerChoice BY_NAME = new LoadBalancerChoice(Shop.NAME, null, null);

    private static FreeStyleProject job;

    private Shop shop;

    @BeforeAll
    static void secure(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ, Item.READ, Item.CONFIGURE)
                .everywhere()
                .to("builder")
                .grant(Jenkins.READ, Item.READ, Item.EXTENDED_READ)
                .everywhere()
                .to("auditor"));
        job = jenkins.createFreeStyleProject();
    }

    @BeforeEach
    void open() throws Exception {
        shop = new Shop();
        shop.configure();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void areWhatIsThereByTheNamesThatStepsTake() {
        assertThat(as("builder", () -> choices(LiveList.ZONES, job, BY_NAME))).containsExactly("gra", "rbx");
        assertThat(as("builder", () -> choices(LiveList.FAILOVER_IPS, job, BY_NAME)))
                .containsExactly(DemoWorld.ATTACHED_IP);
        assertThat(as("builder", () -> choices(LiveList.FARMS, job, BY_NAME, Protocol.TCP)))
                .containsExactly("web-http1", "web-http2");
        assertThat(as("builder", () -> choices(LiveList.FRONTENDS, job, BY_NAME, Protocol.TCP)))
                .contains("https");
        assertThat(as(
                        "builder",
                        () -> choices(
                                LiveList.FARMS, job, new LoadBalancerChoice(null, Shop.SERVICE, "ovh"), Protocol.TCP)))
                .containsExactly("web-http1", "web-http2");
    }

    @Test
    void areIdsWhereANameIsMissingSharedOrANumber() {
        List<Long> ids = List.of(
                add(Map.of("displayName", "twin")),
                add(Map.of("displayName", "twin")),
                add(Map.of()),
                add(Map.of("displayName", "443")));
        add(Map.of("displayName", "alone"));

        assertThat(as("builder", () -> choices(LiveList.ROUTES, job, BY_NAME, Protocol.TCP)))
                .containsExactlyInAnyOrder(
                        ids.get(0).toString(),
                        ids.get(1).toString(),
                        ids.get(2).toString(),
                        ids.get(3).toString(),
                        "alone");
    }

    @Test
    void costOneCallPerListHoweverManyFieldsAsk() {
        for (int field = 0; field < 5; field++) {
            as("builder", () -> choices(LiveList.FARMS, job, BY_NAME, Protocol.TCP));
            as("builder", () -> choices(LiveList.FARMS, job, BY_NAME, Protocol.HTTP));
        }

        assertThat(shop.sandbox().calls().count("GET", "/ipLoadbalancing/*/tcp/farm"))
                .isOne();
        assertThat(shop.sandbox().calls().count("GET", "/ipLoadbalancing/*/http/farm"))
                .isOne();
    }

    @Test
    void areNoneWhereNothingCanBeRead() {
        shop.sandbox().faults().on("GET", "/ipLoadbalancing/*/tcp/farm").status(403);

        assertThat(as("builder", () -> choices(LiveList.FARMS, job, BY_NAME, Protocol.TCP)))
                .isEmpty();
        assertThat(as("builder", () -> choices(LiveList.FARMS, job, BY_NAME))).isEmpty();
        assertThat(as("builder", () -> choices(LiveList.ZONES, job, new LoadBalancerChoice("store", null, null))))
                .isEmpty();
        assertThat(as("builder", () -> choices(LiveList.ZONES, job, new LoadBalancerChoice(null, null, null))))
                .isEmpty();
    }

    @Test
    void areNotForWhoeverMayNotUseTheCredentialsOfTheItem() {
        assertThat(as("auditor", () -> choices(LiveList.ZONES, job, BY_NAME))).isEmpty();
        assertThat(as("builder", () -> choices(LiveList.ZONES, null, BY_NAME))).isEmpty();
        assertThat(shop.sandbox().calls().all()).isEmpty();
        assertThat(as("admin", () -> choices(LiveList.ZONES, null, BY_NAME))).isNotEmpty();
    }

    @Test
    void namesAndCredentialsAreForWhoeverMaySeeHowTheItemIsConfigured() {
        assertThat(as("builder", () -> LoadBalancerNames.choices(job))).containsExactly(Shop.NAME);
        assertThat(as("builder", () -> CredentialsChoices.choices(job, "")))
                .extracting(option -> option.value)
                .contains("", Shop.CREDENTIALS);
        assertThat(as("builder", () -> LoadBalancerNames.choices(null))).isEmpty();
        assertThat(as("builder", () -> CredentialsChoices.choices(null, "kept")))
                .extracting(option -> option.value)
                .containsExactly("kept");
    }

    @Test
    void checksSayWhatABuildWouldNotFind() {
        assertThat(as("builder", () -> LoadBalancerNames.check(job, BY_NAME)).kind)
                .isEqualTo(FormValidation.Kind.OK);
        assertThat(as("builder", () -> LoadBalancerNames.check(job, new LoadBalancerChoice("store", null, null))))
                .asString()
                .contains("ERROR", "store", "allowed: shop");
        assertThat(as("builder", () -> LoadBalancerNames.check(job, new LoadBalancerChoice("${NAME}", null, null)))
                        .kind)
                .isEqualTo(FormValidation.Kind.OK);
        assertThat(as("builder", () -> CredentialsChoices.check(job, "none")))
                .asString()
                .contains("none");
        assertThat(as("builder", () -> CredentialsChoices.check(null, "none")).kind)
                .isEqualTo(FormValidation.Kind.OK);
    }

    @Test
    void areNoneWhileAllWorkersAreBusyForLongerThanAPersonWaits() {
        CountDownLatch asked = new CountDownLatch(1);
        for (int worker = 0; worker < 100; worker++) {
            IplbController.get().workers().execute(() -> Waits.until(asked));
        }
        try {
            assertThat(as("builder", () -> choices(LiveList.FARMS, job, BY_NAME, Protocol.TCP)))
                    .isEmpty();
        } finally {
            asked.countDown();
        }
    }

    @Test
    void noFaultIsFoundWithAFormThatNobodyHasComeTo() {
        assertThat(as("builder", () -> LoadBalancerNames.check(job, LoadBalancerChoice.NONE)).kind)
                .isEqualTo(FormValidation.Kind.OK);
        assertThat(as("builder", () -> LoadBalancerNames.check(job, new LoadBalancerChoice(null, null, "ovh"))))
                .asString()
                .contains("ERROR", "nothing was given");
    }

    @Test
    void aNewFormBeginsWithTheOnlyLoadBalancerThatThereIsForThoseWhoMaySeeIt() {
        assertThat(as("builder", () -> LoadBalancerNames.only(job))).isEqualTo(Shop.NAME);
        assertThat(as("builder", () -> LoadBalancerNames.only(null))).isNull();

        OvhLoadBalancers.get()
                .setLoadBalancers(List.of(
                        new NamedLoadBalancer(Shop.NAME, Shop.SERVICE, Shop.CREDENTIALS),
                        new NamedLoadBalancer("blog", "loadbalancer-1", Shop.CREDENTIALS)));

        assertThat(as("builder", () -> LoadBalancerNames.only(job))).isNull();
    }

    private static List<String> choices(
            LiveList list, Item item, LoadBalancerChoice loadBalancer, Protocol... protocol) {
        return LiveChoices.get()
                .known(
                        list,
                        new FormContext(item, loadBalancer),
                        Stream.of(protocol).findFirst())
                .orElse(List.of())
                .stream()
                .map(LiveChoices.Known::reference)
                .toList();
    }

    private long add(Map<String, Object> fields) {
        Map<String, Object> route = new HashMap<>(fields);
        route.put("action", Map.of("type", "reject"));
        return shop.sandbox().world().service(Shop.SERVICE).add("tcp/route", route);
    }

    private static <T> T as(String user, Supplier<T> form) {
        try (ACLContext ignored = ACL.as2(User.getById(user, true).impersonate2())) {
            return form.get();
        }
    }
}
