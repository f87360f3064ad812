package io.jenkins.plugins.iplb.refresh;

import static io.jenkins.plugins.iplb.testing.Bench.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.change.SetStickiness;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.EntryHeader;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SandboxExtension.class)
class ForeignChangesTest {
    private Bench bench;
    private long farm;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock, @TempDir Path directory) {
        bench = new Bench(sandbox, clock, directory);
        farm = bench.shop().add("http/farm", Map.of("zone", "gra"));
        bench.shop().deployed();
        clock.advance(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @EnumSource
    void whatTheRecordExplainsIsNotForeign(ForeignChanges policy) {
        bench.apply(sticky("cookie"));

        JsonNode result = bench.refresh(request(policy)).result();

        assertThat(result.path("warnings")).hasSize(1);
        assertThat(result.path("warnings").path(0).asText()).doesNotContain("record");
    }

    @Test
    void whatItDoesNotExplainIsNamedAndRefreshedUnlessSaidOtherwise() {
        bench.apply(sticky("cookie"));
        stage("gra");
        stage("all");

        JsonNode result = bench.refresh(request(null)).result();

        assertThat(result.path("warnings").path(1).asText())
                .isEqualTo("no known record explains pending changes: 2 in gra, 1 in rbx");
        assertThat(bench.statuses())
                .anyMatch(status -> status.warning() && status.text().endsWith("2 in gra, 1 in rbx"));
        assertThat(bench.shop().pending()).isEmpty();
    }

    @Test
    void whereTheyAreRefusedNothingIsSent() {
        stage("gra");

        IplbException failure = bench.refusal(request(ForeignChanges.REFUSE));

        assertThat(failure.kind()).isEqualTo(FailureKind.CONFLICT);
        assertThat(failure)
                .hasMessage(
                        "%s is not refreshed, since no known record explains pending changes: 1 in gra; look at them in the Control Panel, or allow foreign changes",
                        SERVICE);
        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void whereTheyAreAllowedNothingIsSaid() {
        stage("gra");

        assertThat(bench.refresh(request(ForeignChanges.ALLOW)).result().path("warnings"))
                .hasSize(1);
    }

    @Test
    void thoseOfOtherZonesAreNoneOfItsBusiness() {
        stage("rbx");
        bench.apply(sticky("cookie"));

        assertThat(bench.refresh(request(ForeignChanges.REFUSE, "gra")).changed())
                .isTrue();
    }

    @Test
    void anEntryExplainsNothingThatARefreshHasCarriedAlready() {
        bench.apply(sticky("cookie"));
        bench.clock().advance(Duration.ofMinutes(1));
        bench.refresh(request(null));
        stage("gra");

        assertThat(bench.refusal(request(ForeignChanges.REFUSE)).kind()).isEqualTo(FailureKind.CONFLICT);
    }

    @Test
    void anEntryExplainsNothingInAZoneThatItsObjectIsNotIn() {
        bench.apply(sticky("cookie"));
        stage("rbx");

        assertThat(bench.refusal(request(ForeignChanges.REFUSE))).hasMessageContaining(": 1 in rbx;");
    }

    @Test
    void aCallWhoseAnswerWasLostExplainsAChangeToo() {
        bench.sandbox()
                .faults()
                .on("PUT", "/ipLoadbalancing/*/http/farm/*")
                .times(1)
                .cutAfterEffect();
        bench.apply(sticky("cookie"));

        assertThat(bench.refresh(request(ForeignChanges.REFUSE)).changed()).isTrue();
    }

    @Test
    void anEntryAboutAnotherEndpointsLoadBalancerOfThatNameExplainsNothing() {
        stage("gra");
        EntryHeader elsewhere = new EntryHeader(
                "entry-1",
                "set-stickiness",
                SERVICE,
                URI.create("https://other.example/1.0"),
                Fields.none().json(),
                Map.of());
        Instant now = bench.clock().instant();
        bench.journal()
                .write(RecordedEntry.begun(elsewhere, now)
                        .withCall(RecordedCall.sent(
                                "PUT", "/ipLoadbalancing/" + SERVICE + "/http/farm/" + farm, null, now))
                        .withAnswer(0, call -> call.done(200, null, now)));

        assertThat(bench.refusal(request(ForeignChanges.REFUSE)).kind()).isEqualTo(FailureKind.CONFLICT);
    }

    @Test
    void aDryRunSaysTheSame() {
        stage("gra");

        assertThat(bench.checkRefresh(request(null)).result().path("warnings")).hasSize(2);
        assertThat(Bench.failure(() -> bench.checkRefresh(request(ForeignChanges.REFUSE)))
                        .kind())
                .isEqualTo(FailureKind.CONFLICT);
    }

    @Test
    void otherWordsAreRefused() {
        assertThat(Bench.failure(() -> ForeignChanges.parse("ask")))
                .isInstanceOf(InvalidInput.class)
                .hasMessage("foreignChanges: 'ask' was given; allowed: refuse, warn, allow");
    }

    private Change sticky(String how) {
        return new SetStickiness(SERVICE, Protocol.HTTP, Reference.parse("farm", Long.toString(farm)), how);
    }

    private void stage(String zone) {
        bench.shop().add("tcp/farm", Map.of("zone", zone));
    }

    private static RefreshRequest request(ForeignChanges policy, String... zones) {
        return new RefreshRequest(SERVICE, List.of(zones), false, true, false, policy);
    }
}
