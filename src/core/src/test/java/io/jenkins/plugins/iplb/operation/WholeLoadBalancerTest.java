package io.jenkins.plugins.iplb.operation;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.file.ChangeFile;
import io.jenkins.plugins.iplb.file.StoredPlan;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.KeyPem;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.Certificate;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.testing.Bench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a change file says of a load balancer as a whole: settings, additional IPs, networks of the vRack, certificates. */
@ExtendWith(SandboxExtension.class)
class WholeLoadBalancerTest {
    private static final String SITE = """
            certificates:
              site:
                certificate: ${SITE_CERTIFICATE}
                key: ${SITE_KEY}
            tcp:
              frontends:
                https: {defaultSslId: site}
            """;

    private final Map<String, String> values = new HashMap<>();
    private Bench bench;
    private Path directory;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path folder) {
        bench = new Bench(sandbox, clock, folder);
        directory = folder;
    }

    @Test
    void itsNameItsNetworksAndItsAddressesAreMadeSoBeforeWhatNeedsThem() {
        bench.shop().property("vrackName", "pn-1234");
        String file = """
                settings: {name: our shop, sslConfiguration: modern}
                networks:
                  app: {subnet: 10.0.0.0/16, natIp: 10.0.8.0/24, vlan: 42}
                ips:
                  %s:
                http:
                  farms:
                    private: {zone: all, port: 80, vrackNetworkId: 10.0.0.0/16}
                    app: {vrackNetworkId: 10.0.0.0/16}
                  frontends:
                    own: {zone: all, port: 8088, farm: private, ips: ["%s"]}
                tcp:
                  farms:
                    web-http1: {vrackNetworkId: 10.0.0.0/16}
                    web-http2: {vrackNetworkId: app}
                """.formatted(DemoWorld.MOVABLE_IP, DemoWorld.MOVABLE_IP);

        assertThat(messages(run(file, true)))
                .containsExactly(
                        "203.0.113.7 would be moved to " + SERVICE,
                        "vRack network app would be added",
                        "Farm private would be added",
                        "Farm app would be changed",
                        "Farm web-http1 would be changed",
                        "Farm web-http2 would be changed",
                        "%s would be changed".formatted(SERVICE),
                        "Frontend own would be added");
        Report applied = run(file, false);

        assertThat(bench.writes())
                .extracting(
                        call -> call.replace("/ipLoadbalancing/" + SERVICE, "").replaceAll("%2F", "/"))
                .startsWith("POST /ip/203.0.113.7/32/move", "POST /vrack/network")
                .contains("PUT ", "POST /http/farm", "POST /http/frontend")
                .endsWith("POST /refresh")
                .hasSize(9);
        assertThat(applied.changed()).isTrue();
        assertThat(messages(applied)).first().isEqualTo("203.0.113.7 moved to " + SERVICE);
        assertThat(at("http/farm", "private").path("vrackNetworkId").asLong())
                .isEqualTo(new Snapshot(bench.session(), SERVICE)
                        .vrackNetworks()
                        .get(0)
                        .id());
        bench.forget();
        Report again = run(file, false);
        assertThat(again.changed()).isFalse();
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void anAddressIsParkedWhenNothingLiveListensOnItAnyMore() {
        run(
                "http: {frontends: {own: {zone: all, port: 8088, farm: app, ips: [%s]}}}"
                        .formatted(DemoWorld.ATTACHED_IP),
                false);
        bench.forget();

        run("ips: {exact: true}\nhttp: {frontends: {own: {state: absent}}}", false);

        assertThat(bench.writes())
                .extracting(
                        call -> call.replace("/ipLoadbalancing/" + SERVICE, "").replaceAll("/\\d+$", "/*"))
                .containsExactly("DELETE /http/frontend/*", "POST /refresh", "POST /ip/198.51.100.24%2F32/park");
    }

    @Test
    void aCertificateOfTheSameNameTakesThePlaceOfTheOneBeforeWithoutAGap() throws IOException {
        give("site", issued());
        run(SITE, false);
        bench.forget();
        give("site", issued());

        Report plan = run(SITE, true);
        Report applied = run(SITE, false);

        assertThat(messages(plan))
                .containsExactly("Certificate site would be added", "Certificate site would be removed");
        assertThat(bench.writes())
                .extracting(
                        call -> call.replace("/ipLoadbalancing/" + SERVICE, "").replaceAll("/\\d+$", "/*"))
                .containsExactly("POST /ssl", "PUT /tcp/frontend/*", "POST /refresh", "DELETE /ssl/*", "POST /refresh");
        assertThat(bench.shop().certificates().stream().filter(Certificate::isGiven))
                .hasSize(1);
        assertThat(run(SITE, true).changed()).isFalse();
        String key = values.get("SITE_KEY").lines().toList().get(1);
        assertThat(Files.readString(directory.resolve("iplb-changes.json"))).doesNotContain(key);
        assertThat(plan.toString() + applied).doesNotContain(key);
    }

    @Test
    void whatIsInUseUntilARefreshIsNotRemovedWithoutOne() {
        give("old", issued());
        run(SITE.replace("SITE_", "OLD_").replace("site", "old"), false);
        bench.forget();

        IplbException refused = Bench.failure(() -> ended(
                read("certificates: {old: {state: absent}}\ntcp: {frontends: {https: {defaultSslId: none}}}")
                        .of(SERVICE)
                        .operation(false),
                false));

        assertThat(refused).hasMessageStartingWith("iplb.yaml:2:16: refresh: false was given; allowed: true");
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void aPlanHoldsNoSecretAndAsksForItAgain() throws IOException {
        give("site", issued());
        StoredPlan.Drawing drawing = new StoredPlan.Drawing("iplb.yaml", text(SITE), values());
        Report report = ended(drawing.file().of(SERVICE).operation(true), true);
        String stored = drawing.plan(List.of(report)).json().toString();

        assertThat(stored)
                .contains("SITE_CERTIFICATE")
                .doesNotContain(
                        Json.MAPPER.writeValueAsString(values.get("SITE_KEY")).substring(30, 60));
        StoredPlan plan = StoredPlan.parse("plan.json", stored);
        assertThat(Bench.failure(() -> plan.operations(nothing -> Optional.empty(), true)))
                .hasMessageContaining("${SITE_KEY} has no value");
        ended(plan.operation(SERVICE, values(), UnaryOperator.identity(), true), false);
        assertThat(bench.shop().certificates()).anyMatch(Certificate::isGiven);
    }

    private void give(String name, HeldCertificate certificate) {
        values.put(name.toUpperCase(Locale.ROOT) + "_CERTIFICATE", certificate.certificatePem());
        values.put(name.toUpperCase(Locale.ROOT) + "_KEY", certificate.privateKeyPkcs8Pem());
    }

    private Function<String, Optional<String>> values() {
        return name -> Optional.ofNullable(values.get(name));
    }

    private static HeldCertificate issued() {
        return KeyPem.elliptic("www.shop.example");
    }

    private JsonNode at(String kind, String name) {
        return Json.MAPPER.valueToTree(bench.named(kind).get(name).fields());
    }

    private Report run(String file, boolean check) {
        return ended(read(file).of(SERVICE).operation(true), check);
    }

    private Report ended(Operation.Configuring operation, boolean check) {
        return bench.ended(bench.operations().run(operation, bench.options(check)));
    }

    private ChangeFile read(String file) {
        return ChangeFile.read("iplb.yaml", text(file), values());
    }

    private static String text(String file) {
        return "loadBalancer: %s\n%s".formatted(SERVICE, file);
    }

    private static List<String> messages(Report report) {
        return report.result().path(Configuration.CHANGES).findValuesAsText("msg");
    }
}
