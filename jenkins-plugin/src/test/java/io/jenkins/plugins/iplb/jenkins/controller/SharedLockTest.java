package io.jenkins.plugins.iplb.jenkins.controller;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Result;
import io.jenkins.plugins.iplb.jenkins.testing.OwnProcess;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.ShopJobs;
import io.jenkins.plugins.iplb.lock.SharedLocks;
import io.jenkins.plugins.iplb.sandbox.testing.PostgresServer;
import io.jenkins.plugins.iplb.wait.InTurn;
import io.jenkins.plugins.iplb.wait.Timer;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller that shares a PostgreSQL with others. */
class SharedLockTest {
    private static PostgresServer server;

    @RegisterExtension
    private final RealJenkinsExtension controller = OwnProcess.controller().extraEnv("IPLB_LOCK", server.address());

    private final Shop shop = new Shop();
    private final ScheduledExecutorService elsewhere = Executors.newSingleThreadScheduledExecutor();

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(PostgresServer.programs().isPresent(), "PostgreSQL is not installed");
        server = PostgresServer.start(
                PostgresServer.programs().orElseThrow(), Files.createTempDirectory("iplb-postgresql"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void close() {
        elsewhere.shutdownNow();
        shop.close();
    }

    @Test
    void aBuildWaitsForWhoHasTheLockAndWritesNothingWithoutIt() throws Throwable {
        Shop.Key key = shop.key();
        Elsewhere other = new Elsewhere();
        SharedLocks.of(Map.of("IPLB_LOCK", server.address()), Timer.on(elsewhere), elsewhere)
                .orElseThrow()
                .around(loadBalancer -> new InTurn(elsewhere))
                .of(key.endpoint() + " " + Shop.SERVICE)
                .execute(other);
        other.begun.join();
        controller.startJenkins();

        controller.runRemotely(jenkins -> {
            key.configure();
            build(jenkins, "first");
            jenkins.waitForMessage("waiting for its turn", last(jenkins, "first"));
        });
        assertThat(shop.asked()).noneMatch(call -> call.method().equals("PUT"));
        other.over.complete(null);
        controller.runRemotely(jenkins -> {
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(last(jenkins, "first")));
        });
        assertThat(shop.asked()).filteredOn(call -> call.method().equals("PUT")).hasSize(1);

        server.close();
        server = null;
        controller.runRemotely(jenkins -> {
            build(jenkins, "second");
            jenkins.assertBuildStatus(Result.FAILURE, jenkins.waitForCompletion(last(jenkins, "second")));
            jenkins.assertLogContains("is not held: ", last(jenkins, "second"));
        });
        assertThat(shop.asked()).filteredOn(call -> call.method().equals("PUT")).hasSize(1);
    }

    private static void build(JenkinsRule jenkins, String name) throws Exception {
        String how = name.equals("first") ? "cookie" : "sourceIp";
        ShopJobs.job(jenkins, name, ShopJobs.stickiness(how)).scheduleBuild2(0).waitForStart();
    }

    private static FreeStyleBuild last(JenkinsRule jenkins, String name) {
        return jenkins.jenkins.getItemByFullName(name, FreeStyleProject.class).getLastBuild();
    }

    /** Somebody else who has the lock. */
    private static final class Elsewhere implements InTurn.Lasting {
        private final CompletableFuture<Void> begun = new CompletableFuture<>();
        private final CompletableFuture<Void> over = new CompletableFuture<>();

        @Override
        public void run() {
            begun.complete(null);
        }

        @Override
        public CompletionStage<?> over() {
            return over;
        }
    }
}
