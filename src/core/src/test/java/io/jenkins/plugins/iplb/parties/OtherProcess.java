package io.jenkins.plugins.iplb.parties;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.process.HttpClients;
import io.jenkins.plugins.iplb.process.Invocation;
import io.jenkins.plugins.iplb.process.Machine;
import io.jenkins.plugins.iplb.process.SingleProcess;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.wait.Timer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** A process that does what it is told, and asks before each call. */
final class OtherProcess implements AutoCloseable {
    static final String RECORD = "iplb-changes.json";

    private static final String ASKS = "asks";
    private static final String ENDED = "ended";

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream orders;

    OtherProcess(Sandbox sandbox) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProcess.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "OVH_ENDPOINT", sandbox.httpEndpoint().toString(),
                        "OVH_APPLICATION_KEY", sandbox.credentials().applicationKey(),
                        "OVH_APPLICATION_SECRET", sandbox.credentials().applicationSecret(),
                        "OVH_CONSUMER_KEY", sandbox.credentials().consumerKey()));
        process = builder.start();
        answers = process.inputReader();
        orders = new PrintStream(process.getOutputStream(), true);
    }

    /** @param pause before each call that is about the lists of the wish */
    void want(Wish wish, String service, Path home, Runnable pause) {
        try {
            orders.println(wish.name());
            orders.println(service);
            orders.println(home);
            for (String said = answers.readLine(); !ENDED.equals(said); said = answers.readLine()) {
                assertThat(said).as("what the other process says").isEqualTo(ASKS);
                pause.run();
                orders.println();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] arguments) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String wish = orders.readLine(); wish != null; wish = orders.readLine()) {
            run(Wish.named(wish), orders.readLine(), Path.of(orders.readLine()), orders);
            System.out.println(ENDED);
        }
    }

    private static void run(Wish wish, String service, Path home, BufferedReader orders) {
        Machine machine = new Machine(System.getenv(), home, home, Bench.LIMITS, InstantSource.system(), Timer::on);
        CallObserver asking = new CallObserver() {
            @Override
            public void wanted(ApiCall call) {
                if (call.pathText().contains(wish.lists())) {
                    System.out.println(ASKS);
                    try {
                        orders.readLine();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
            }

            @Override
            public void reading(ApiCall call) {}

            @Override
            public Sent writing(ApiCall call) {
                return CallObserver.NONE.writing(call);
            }

            @Override
            public void settled(ApiCall call, boolean tookEffect) {}
        };
        new SingleProcess(machine, HttpClients.on(machine))
                .run(
                        wish.operation().apply(service),
                        new Invocation(
                                Map.of(),
                                Optional.of(home.resolve(RECORD)),
                                Bench.TIMEOUT,
                                false,
                                Map.of(),
                                status -> {},
                                asking));
    }
}
