package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.SetStickiness;
import io.jenkins.plugins.iplb.jenkins.configuration.OvhLoadBalancers;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Operations;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Credentials.ApplicationKeys;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.ovh.Limits;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.ovh.OvhClients;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.RecordFile;
import io.jenkins.plugins.iplb.refresh.Coordinators;
import io.jenkins.plugins.iplb.wait.Timer;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/**
 * No test, but a measurement: what a step takes on a controller, beside the bare call that it makes and beside a step that does
 * nothing. It runs when it is asked for, by {@code -Dtest=StepCost}.
 */
@WithJenkins
class StepCost {
    private static final int STEPS = 20;
    private static final int ROUNDS = 5;
    private static final Pattern TOOK = Pattern.compile("took (\\d+) ms");

    @TempDir
    private Path folder;

    @Test
    void besideTheBareCall(JenkinsRule jenkins) throws Exception {
        try (Shop shop = new Shop()) {
            shop.configure();
            OvhLoadBalancers.get().setRequestsPerMinute(600);
            Operations operations = operations(shop);
            List<Double> nothing = new ArrayList<>();
            List<Double> steps = new ArrayList<>();
            List<Double> bare = new ArrayList<>();
            for (int round = 0; round <= ROUNDS; round++) {
                nothing.add(inPipeline(jenkins, "echo 'nothing'"));
                steps.add(inPipeline(
                        jenkins,
                        "iplbSetStickiness loadBalancer: 'shop', protocol: 'http', farm: 'app', stickiness: 'cookie'"));
                bare.add(bare(operations));
            }
            System.out.printf(
                    "a step costs: %.1f ms, its bare call %.1f ms, an echo %.1f ms: medians of %d rounds of %d%n",
                    median(steps), median(bare), median(nothing), ROUNDS, STEPS);
        }
    }

    /** @return milliseconds each */
    private static double inPipeline(JenkinsRule jenkins, String step) throws Exception {
        WorkflowRun build = Jobs.run(jenkins, Result.SUCCESS, """
                def start = System.currentTimeMillis()
                for (int i = 0; i < %d; i++) {
                    %s
                }
                echo "took ${System.currentTimeMillis() - start} ms"
                """.formatted(STEPS, step));
        Matcher took = TOOK.matcher(JenkinsRule.getLog(build));
        assertThat(took.find()).isTrue();
        return Double.parseDouble(took.group(1)) / STEPS;
    }

    private static double bare(Operations operations) {
        long start = System.nanoTime();
        for (int i = 0; i < STEPS; i++) {
            operations
                    .run(
                            Operation.of(
                                    new SetStickiness(Shop.SERVICE, Protocol.HTTP, new Reference("app"), "cookie")),
                            new Options(
                                    UUID.randomUUID().toString(),
                                    Instant.now().plusSeconds(60),
                                    false,
                                    status -> {},
                                    Map.of(),
                                    CallObserver.NONE))
                    .join();
        }
        return (System.nanoTime() - start) / 1e6 / STEPS;
    }

    private Operations operations(Shop shop) {
        Shop.Key key = shop.key();
        OvhClient client = new OvhClients(
                        new OkHttpClient(), Limits.DEFAULT.requestsPerMinute("600"), InstantSource.system())
                .client(
                        Endpoint.of(key.endpoint()),
                        new ApplicationKeys(key.applicationKey(), key.applicationSecret(), key.consumerKey()));
        Timer timer = (delay, task) -> Timer.on(jenkins.util.Timer.get()).after(delay, task);
        return new Operations(
                client,
                RecordFile.open(folder.resolve("iplb-changes.json")),
                new Waiter(timer, Runnable::run),
                new Coordinators(timer, Runnable::run),
                Runnable::run);
    }

    /** Without the first, which was not warm. */
    private static double median(List<Double> all) {
        return all.stream().skip(1).sorted().skip(ROUNDS / 2).findFirst().orElseThrow();
    }
}
