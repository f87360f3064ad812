package io.jenkins.plugins.iplb.change;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static io.jenkins.plugins.iplb.testing.Bench.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.api.ServiceCalls;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.parameter.CertifiedKey;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.KeyPem;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import io.jenkins.plugins.iplb.testing.Bench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** On the demo world, which has one certificate already. */
@ExtendWith(SandboxExtension.class)
class EnsureCertificateTest {
    private static final HeldCertificate HELD = KeyPem.elliptic("new.shop.example");
    private static final CertifiedKey CERTIFICATE =
            CertifiedKey.of(HELD.certificatePem(), HELD.privateKeyPkcs8Pem(), null);

    private Bench bench;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
    }

    @Test
    void aCertificateIsAddedOnceAndFoundByItsFingerprint() {
        Report added = bench.apply(ensure("site"));

        assertThat(bench.writes()).containsExactly("POST /ipLoadbalancing/" + SERVICE + "/ssl");
        assertThat(added.headline(false)).isEqualTo("Certificate site added");
        assertThat(added.diff())
                .extracting(Object::toString)
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("+ certificate: CN=new.shop.example, until 20"),
                        line -> assertThat(line).isEqualTo("+ name: site"));
        assertThat(added.result().path("certificateId").asLong())
                .isEqualTo(bench.shop().certificates().get(1).id());

        Report again = bench.apply(ensure("site"));
        assertThat(again.changed()).isFalse();
        assertThat(again.result().path("certificateId"))
                .isEqualTo(added.result().path("certificateId"));
    }

    @Test
    void anotherNameIsANameForTheSameCertificate() {
        long id = bench.apply(ensure("site")).result().path("certificateId").asLong();
        bench.forget();

        Report renamed = bench.apply(ensure("other"));

        assertThat(bench.writes()).containsExactly("PUT /ipLoadbalancing/%s/ssl/%d".formatted(SERVICE, id));
        assertThat(renamed.diff()).extracting(Object::toString).containsExactly("~ name: site -> other");
        assertThat(bench.apply(new EnsureCertificate(SERVICE, Optional.empty(), CERTIFICATE, List.of()))
                        .changed())
                .isFalse();
    }

    @Test
    void itBecomesTheDefaultOfFrontendsOfBothProtocols() {
        EnsureCertificate change = ensure("site", "https", "http");

        Report report = bench.apply(change);

        long id = report.result().path("certificateId").asLong();
        assertThat(bench.read("tcp/frontend", bench.id("tcp/frontend", "https"))
                        .path("defaultSslId")
                        .asLong())
                .isEqualTo(id);
        assertThat(bench.read("http/frontend", bench.id("http/frontend", "http"))
                        .path("defaultSslId")
                        .asLong())
                .isEqualTo(id);
        assertThat(report.diff())
                .extracting(Object::toString)
                .anyMatch(line -> line.startsWith("+ defaultSslId of tcp frontend 'https' ("));
        assertThat(bench.apply(change).changed()).isFalse();

        bench.forget();
        IplbException used = bench.refusal(new RemoveCertificate(SERVICE, new Reference("site")));
        assertThat(used).hasMessageContaining("is the default of http frontend 'http' (");
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void aFrontendThatIsNotThereIsToldBeforeAnythingIsSent() {
        IplbException refusal = bench.refusal(ensure("site", "htps"));

        assertThat(refusal.kind()).isEqualTo(FailureKind.REFUSED);
        assertThat(refusal).hasMessageContaining("has no http or tcp frontend 'htps'. Did you mean 'http");
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void oneIsRemovedByItsName() {
        bench.apply(ensure("site"));
        bench.forget();

        Report removed = bench.apply(new RemoveCertificate(SERVICE, new Reference("site")));

        assertThat(removed.headline(false)).isEqualTo("Certificate site removed");
        assertThat(bench.shop().certificates()).hasSize(1);
        assertThat(bench.apply(new RemoveCertificate(SERVICE, new Reference("site")))
                        .changed())
                .isFalse();
    }

    @Test
    void oneWhoseAnswerIsLostIsFoundByItsFingerprintAndNotAddedTwice() {
        bench.sandbox().faults().on("POST", "/ipLoadbalancing/*/ssl").times(1).cutAfterEffect();

        Report report = bench.apply(ensure("site"));

        assertThat(bench.writes()).hasSize(1);
        assertThat(report.result().path("certificateId").asLong())
                .isEqualTo(bench.shop().certificates().get(1).id());
        assertThat(bench.lastEntry().calls())
                .singleElement()
                .satisfies(call -> assertThat(call.fate()).isEqualTo(Fate.TOOK_EFFECT));
    }

    @Test
    void theKeyIsNeitherInTheRecordNorInTheReport() {
        Report report = bench.apply(ensure("site"));

        assertThat(bench.lastEntry().calls().get(0).body().path("key").asText()).isEqualTo("(not recorded)");
        assertThat(bench.lastEntry().toString() + report)
                .doesNotContain("PRIVATE KEY")
                .doesNotContain(HELD.privateKeyPkcs8Pem().lines().toList().get(1));
    }

    @Test
    void aFreeCertificateIsOrderedOnceAndWaitedFor() {
        OrderFreeCertificate order = new OrderFreeCertificate(SERVICE, List.of("A.example", "b.example"));

        Report ordered = bench.apply(order);

        assertThat(bench.writes()).containsExactly("POST /ipLoadbalancing/" + SERVICE + "/freeCertificate");
        assertThat(json(bench.writeCalls().get(0).requestBody()))
                .isEqualTo(json("{'fqdn': ['a.example', 'b.example']}"));
        assertThat(bench.told()).anyMatch(text -> text.startsWith("ordering a certificate for a.example, b.example: "));
        assertThat(bench.shop().certificates())
                .anyMatch(each ->
                        each.id() == ordered.result().path("certificateId").asLong());

        bench.forget();
        assertThat(bench.apply(order).changed()).isFalse();
        assertThat(bench.apply(new OrderFreeCertificate(SERVICE, List.of("b.example", "a.example")))
                        .changed())
                .isFalse();
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void anOrderThatFailsSaysWhatItNeeds() {
        bench.sandbox().faults().nextTaskEndsIn(TaskEnding.error);

        IplbException failure = bench.refusal(new OrderFreeCertificate(SERVICE, List.of("a.example")));

        assertThat(failure.kind()).isEqualTo(FailureKind.TASK_FAILED);
        assertThat(failure).hasMessageContaining("each of the names must lead to the load balancer");
    }

    @Test
    void anOrderThatIsUnderWayIsWaitedForInPlaceOfASecondOne() {
        somebodyElseOrders("a.example");

        Report joined = bench.apply(new OrderFreeCertificate(SERVICE, List.of("a.example")));

        assertThat(bench.writes()).isEmpty();
        assertThat(bench.shop().certificates())
                .anyMatch(each ->
                        each.id() == joined.result().path("certificateId").asLong());
    }

    @Test
    void anOrderThatWasUnderWayForOtherNamesIsToldFromThisOne() {
        somebodyElseOrders("b.example");

        IplbException failure = bench.refusal(new OrderFreeCertificate(SERVICE, List.of("a.example")));

        assertThat(failure.kind()).isEqualTo(FailureKind.TASK_FAILED);
        assertThat(failure)
                .hasMessageContaining(
                        "the order is over, and there is no certificate for just a.example: it was for other names; ask again");
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void anOrderThatTakesTooLongGoesOnAtOvh() {
        OrderFreeCertificate order = new OrderFreeCertificate(SERVICE, List.of("a.example"));

        IplbException failure = Bench.failure(() ->
                bench.ended(bench.operations().run(Operation.of(order), bench.options(false, Duration.ofSeconds(1)))));

        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failure)
                .hasMessageMatching(
                        "(?s).*the certificate for a\\.example was not there by the deadline; task \\d+ goes on at OVH.*");
    }

    private void somebodyElseOrders(String host) {
        bench.session().send(new ServiceCalls(SERVICE).orderFreeCertificate(List.of(host)));
        bench.forget();
    }

    private static EnsureCertificate ensure(String name, String... frontends) {
        return new EnsureCertificate(
                SERVICE,
                Optional.of(name),
                CERTIFICATE,
                List.of(frontends).stream().map(Reference::new).toList());
    }
}
