package io.jenkins.plugins.iplb.docs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import io.jenkins.plugins.iplb.docs.DocumentedShop;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.Haproxy;
import io.jenkins.plugins.iplb.sandbox.testing.KeyPem;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import io.jenkins.plugins.iplb.testing.Bench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.tls.HeldCertificate;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every Pipeline of the repository without a controller: each call is held against what its step takes, and made on a sandbox
 * in which there is what the documentation speaks of.
 */
@ExtendWith(SandboxExtension.class)
class PipelinesTest {
    private static final String OLD = "loadbalancer-f000000000000000";
    private static final HeldCertificate CERTIFICATE = KeyPem.elliptic("www.shop.example");

    private static PipelineCheck check;
    private static int pipelines;
    private static int found;
    private static int called;
    private static final Set<String> CALLED_BY_EXAMPLE = new HashSet<>();

    @TempDir
    private Path folder;

    private Sandbox sandbox;
    private Bench bench;
    private StandIn controller;
    private final Map<String, Object> params = new HashMap<>();
    private final List<StepCall> made = new ArrayList<>();

    @BeforeAll
    static void read(@TempDir Path sources) {
        check = new PipelineCheck(StepTypes.of(StepSources.in(sources)));
    }

    @BeforeEach
    void prepare(Sandbox box, TestClock clock) throws IOException {
        sandbox = box;
        Bench.quick(sandbox.world());
        bench = new Bench(sandbox, clock, folder);
        DocumentedShop.furnish(bench.shop());
        DemoWorld.shop(sandbox.world(), OLD);
        Path workspace = Files.createDirectory(folder.resolve("workspace"));
        Files.writeString(workspace.resolve("fullchain.pem"), CERTIFICATE.certificatePem());
        Files.writeString(workspace.resolve("iplb.yaml"), """
                loadBalancer: shop
                http:
                  farms:
                    app: {zone: all, port: "${PORT:-8080}", stickiness: cookie}
                  frontends:
                    https:
                      zone: all
                      port: "${SITE_PORT}"
                      farm: app
                      ssl: true
                      routes:
                        no-admin: {reject: true, status: 403, rules: [uri startswith /wp-login]}
                """);
        controller = new StandIn(
                bench,
                Map.of("shop", Bench.SERVICE, "old", OLD),
                Map.of("shop-key", CERTIFICATE.privateKeyPkcs8Pem()),
                workspace);
    }

    @AfterAll
    static void tell() throws IOException {
        called += (int) check.check(Pipelines.example()).calls().stream()
                .filter(call -> CALLED_BY_EXAMPLE.contains(call.shape()))
                .count();
        String told =
                "%d pipelines parsed, %d calls of our steps held against the catalogue, %d of them made on the sandbox;"
                                .formatted(pipelines, found, called)
                        + " that stood in for a controller and leaves unproven what only one has: CPS and its sandbox, restarts,"
                        + " data binding and forms, the credentials store, agents, other plugins' steps";
        System.out.println("pipelines: " + told);
        Files.writeString(Path.of("target/pipelines.txt"), told + "\n");
    }

    static Set<String> all() {
        return Pipelines.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyCallIsWhatItsStepTakes(String where) {
        PipelineCheck.Outcome outcome = check.check(Pipelines.all().get(where));

        assertThat(outcome.mistakes()).isEmpty();
        assertThat(outcome.calls()).isNotEmpty();
        pipelines++;
        found += outcome.calls().size();
    }

    static List<String> blocks() {
        return all().stream()
                .filter(where -> !where.equals(Pipelines.EXAMPLE.toString()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void aBlockIsCarriedOut(String where) {
        String pipeline = Pipelines.all().get(where);
        List<StepCall> calls = check.check(pipeline).calls();
        boolean explains = calls.stream().anyMatch(call -> call.type().name().equals("iplbExplain"));
        if (explains) {
            Haproxy.assumeInstalled();
        }
        controller.environment().put("SITE_PORT", explains ? "443" : "8443");

        assertThat(run(pipeline)).isEmpty();

        assertThat(made).hasSizeGreaterThanOrEqualTo(calls.size());
        called += calls.size();
    }

    @Test
    void theExampleBringsHttp2AndTheAdditionalIp() {
        assertThat(example()).isEmpty();

        assertThat(steps()).containsExactly("iplbEnableHttp2", "iplbEnableHttp2", "iplbMoveFailover", "iplbRefresh");
        assertThat(bench.shop().pending()).isEmpty();
        assertThat(sandbox.world().routedTo(DemoWorld.MOVABLE_IP)).contains(Bench.SERVICE);
    }

    @Test
    void runAgainTheExampleChangesNothing() {
        example();
        bench.forget();

        assertThat(example()).isEmpty();

        assertThat(bench.writes()).isEmpty();
    }

    @Test
    void theChangeFileOfTheExampleIsPlannedAppliedAndProven() {
        params.put("CHANGES", "loadBalancer: shop\nhttp: {farms: {app: {stickiness: cookie}}}\n");

        assertThat(example()).isEmpty();

        assertThat(steps()).containsSubsequence("iplbPlan", "iplbApply", "iplbCheckTraffic", "iplbChanges");
        assertThat(bench.shop().live("gra", "http/farm").get(0).text("stickiness"))
                .isEqualTo("cookie");
    }

    @Test
    void whatFailsInTheExampleIsUndoneAndShown() {
        example();
        made.clear();
        params.put("CHANGES", "loadBalancer: shop\ntcp: {frontends: {https: {disabled: true}}}\n");

        assertThat(example()).isPresent();

        assertThat(steps()).endsWith("iplbShow").doesNotContain("iplbChanges");
        assertThat(bench.shop().live("gra", "tcp/frontend").get(0).flag("disabled"))
                .isFalse();
        assertThat(bench.shop().pending()).isEmpty();
    }

    @Test
    void aRefreshThatFailsEndsTheExample() {
        sandbox.faults().nextTaskEndsIn(TaskEnding.error);

        assertThat(example()).get().asString().contains("what is staged is not live");

        assertThat(steps()).containsExactly("iplbEnableHttp2", "iplbShow");
    }

    private List<String> steps() {
        return made.stream().map(call -> call.type().name()).toList();
    }

    private Optional<RuntimeException> example() {
        params.put("CONNECT_TO", "127.0.0.1:" + sandbox.tlsAddress().getPort());
        try {
            params.put("CA", Files.readString(sandbox.caFile()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        Optional<RuntimeException> failure = run(Pipelines.example());
        made.forEach(call -> CALLED_BY_EXAMPLE.add(call.shape()));
        return failure;
    }

    /** @return what has failed */
    private Optional<RuntimeException> run(String pipeline) {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(PipelineScript.class.getName());
        Map<String, Object> variables = new LinkedHashMap<>(Map.of("params", params, "env", controller.environment()));
        variables.put("none", "none");
        variables.put("any", "any");
        variables.put("scm", "scm");
        PipelineScript script = (PipelineScript) new GroovyShell(new Binding(variables), configuration).parse(pipeline);
        script.on(controller, check, made);
        script.run();
        return script.failure();
    }
}
