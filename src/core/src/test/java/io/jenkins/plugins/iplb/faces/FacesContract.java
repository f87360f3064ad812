package io.jenkins.plugins.iplb.faces;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.faces.FaceTable.Asked;
import io.jenkins.plugins.iplb.faces.FaceTable.Slip;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Values;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.testing.Deeds;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The same values mean the same on every face: each is held against the core. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class FacesContract {
    private final Set<String> operations = new TreeSet<>();
    private int values;
    private int refusals;

    @TempDir
    Path directory;

    /** The face that is held against the core. */
    protected abstract Face face();

    /** Whether it waits in real time: then a read that is repeated while something is waited for is told once. */
    protected boolean waits() {
        return false;
    }

    /** Whether there is a way to say it there. */
    protected boolean canBeSaid(Asked asked) {
        return true;
    }

    @AfterAll
    void count() {
        System.out.printf(
                "table of faces: %d of %d operations × %s × %d sets of values, as they are and as text: the same"
                        + " requests; %d bad values refused with the same facts%n",
                operations.size(), Catalogue.all().size(), face().name(), values, refusals);
    }

    @Test
    void theSameValuesReachTheLoadBalancerAsTheSameRequests() throws IOException {
        for (Asked asked : FaceTable.good()) {
            if (!face().has(asked.operation())) {
                continue;
            }
            List<String> expected = requests(new TheCore(), asked);
            assertThat(requests(face(), asked)).as(face().name() + ": " + asked).isEqualTo(expected);
            assertThat(requests(face(), asked.asText()))
                    .as(face().name() + ", as text: " + asked)
                    .isEqualTo(expected);
            operations.add(asked.operation().name());
            values++;
        }
    }

    @Test
    void badValuesAreRefusedWithTheSameFacts() throws IOException {
        TestClock clock = new TestClock();
        try (Sandbox sandbox = sandbox(clock, Catalogue.named("show"))) {
            for (Slip slip : FaceTable.bad()) {
                Optional<String> name = face().called(slip.asked().operation(), slip.parameter(), slip.value());
                if (name.isEmpty() || !face().has(slip.asked().operation())) {
                    continue;
                }
                Asked asked = slip.asked().on(sandbox);
                Optional<String> message = face().ask(sandbox, clock, empty(), asked.operation(), asked.values());
                assertThat(message).as(face().name() + ": " + slip).isPresent();
                assertThat(message.get()).as(face().name() + ": " + slip).contains(name.get(), given(slip));
                refusals++;
            }
            assertThat(sandbox.calls().all()).isEmpty();
        }
    }

    /**
     * Whatever is given that the core cannot mean. A face may have a meaning for it, which is looked for then: a flag is
     * there or not, and a number a name. More are tried with {@code -Dfuzz.faces=100000}.
     */
    @Test
    void whatCannotBeMeantIsRefusedInOneLineAndHasNoEffect() throws IOException {
        TestClock clock = new TestClock();
        try (Sandbox sandbox = sandbox(clock, Catalogue.named("show"))) {
            AnyAsked any = new AnyAsked(sandbox, Long.getLong("fuzz.seed", 1));
            int inputs = Integer.getInteger("fuzz.faces", waits() ? 40 : 1_000);
            int refused = 0;
            for (int i = 0; i < inputs; i++) {
                Asked asked = any.next();
                if (!face().has(asked.operation()) || !isKnown(asked) || !canBeSaid(asked) || isMeant(asked)) {
                    continue;
                }
                sandbox.calls().clear();
                Optional<String> message = face().ask(sandbox, clock, empty(), asked.operation(), asked.values());
                if (message.isPresent()) {
                    String input = "%s, input %d: %s".formatted(face().name(), i, asked);
                    assertThat(message.get())
                            .as(input)
                            .isNotBlank()
                            .doesNotContainPattern("\\p{Cc}|Exception|this is a mistake in");
                    assertThat(Deeds.writes(sandbox)).as(input).noneMatch(Exchange::effect);
                    refused++;
                }
            }
            assertThat(refused).isGreaterThan(inputs / 10);
            System.out.printf("any values: %s: %,d refused, none escaped%n", face().name(), refused);
        }
    }

    private static boolean isKnown(Asked asked) {
        return asked.values()
                .propertyStream()
                .allMatch(each -> asked.operation().find(each.getKey()).isPresent());
    }

    /** What asks others than OVH is left out: it would ask anybody. */
    private static boolean isMeant(Asked asked) {
        try {
            asked.operation().operation(new Fields(asked.values()));
            return true;
        } catch (InvalidInput e) {
            return asked.operation().find("url").isPresent();
        }
    }

    /** What is repeated of it: of what is given as JSON, the part that is no good; of a certificate and its key, nothing. */
    private static String given(Slip slip) {
        if (Values.isPem(slip.parameter().value())) {
            return "";
        }
        JsonNode value = slip.value();
        return value.asText().contains("pigeon") ? "pigeon" : value.asText().strip();
    }

    private List<String> requests(Face face, Asked asked) throws IOException {
        TestClock clock = new TestClock();
        try (Sandbox sandbox = sandbox(clock, asked.operation())) {
            Asked here = asked.on(sandbox);
            Optional<String> failure = face.ask(sandbox, clock, empty(), here.operation(), here.values());
            boolean asksOvh = asked.operation().operation(new Fields(here.values())) instanceof Operation.OnLoadBalancer
                    || asked.operation().find("service").isPresent();
            if (!asksOvh) {
                return failure.map(message -> message.replaceAll("\\d{4,5}", "port")).stream()
                        .toList();
            }
            assertThat(failure).as(face.name() + ": " + asked).isEmpty();
            Stream<String> requests = sandbox.calls().all().stream()
                    .filter(call -> !call.path().startsWith("/auth"))
                    .map(call ->
                            "%s %s?%s %s".formatted(call.method(), call.rawPath(), call.query(), call.requestBody()))
                    .map(request -> request.replaceAll("(start|end)=\\d+", "$1=now"));
            List<String> all = withoutOrderOfReads(requests.toList());
            return waits() ? all.stream().distinct().toList() : all;
        }
    }

    /** What is read between two writes may be read side by side; how often a wait looks is for the time to say. */
    private static List<String> withoutOrderOfReads(List<String> requests) {
        List<String> all = new ArrayList<>();
        int firstRead = 0;
        String last = "";
        for (String request : requests) {
            if (!request.equals(last)) {
                all.add(request);
            }
            if (!request.startsWith("GET ")) {
                firstRead = all.size();
            }
            Collections.sort(all.subList(firstRead, all.size()));
            last = request;
        }
        return all;
    }

    private static Sandbox sandbox(TestClock clock, OperationType operation) {
        return Sandbox.builder()
                .clock(clock)
                .world(world -> FaceTable.world(world, operation))
                .start();
    }

    private Path empty() throws IOException {
        return Files.createTempDirectory(directory, "face");
    }
}
