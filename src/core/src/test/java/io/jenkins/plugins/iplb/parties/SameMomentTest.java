package io.jenkins.plugins.iplb.parties;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Choices;
import io.jenkins.plugins.iplb.testing.MemoryDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Those who share nothing but a load balancer make the same at the same moment: two in every order of their calls, ten in many.
 * There is one in the end, the first, and whoever has made another one says so and does not undo what is not its own. {@code
 * -Dmeetings=N} lets ten meet so often.
 */
class SameMomentTest {
    private static final int TEN = 10;

    @TempDir(factory = MemoryDirectory.class)
    private Path directory;

    private final TestClock clock = new TestClock();
    private final OkHttpClient http = new OkHttpClient();
    private Sandbox sandbox;
    private int meetings;

    @BeforeEach
    void start() {
        sandbox = Sandbox.builder().clock(clock).world(world -> world).start();
    }

    @AfterEach
    void stop() {
        sandbox.close();
        http.connectionPool().evictAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"farm", "server", "frontend", "rule", "route and rule", "file of a farm and its server"})
    void twoWhoMakeTheSameInAnyOrderOfTheirCallsEndWithOne(String name) throws IOException {
        Wish wish = Wish.named(name);
        SortedMap<String, String> alone = alone(wish);
        Choices choices = new Choices();
        int contested = 0;
        int orders = 0;
        do {
            Meeting two = meeting(2);
            SortedMap<String, String> before = two.shape();
            two.all(wish, choices);

            assertThat(two.parties())
                    .as("%s", choices)
                    .allMatch(each -> each.failure().isEmpty());
            assertOne(two, alone, choices);
            contested += contested(two);
            if (!wish.isFile()) {
                assertUndone(two, before, choices);
            }
            orders++;
        } while (choices.nextRound());
        System.out.printf(
                "same moment: %s: two parties in all %d orders of their calls, %d gave way%n", wish, orders, contested);
        assertThat(contested).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"farm", "rule"})
    void twoProcessesThatMakeTheSameInAnyOrderOfTheirCallsEndWithOne(String name) throws IOException {
        Wish wish = Wish.named(name);
        SortedMap<String, String> alone = alone(wish);
        Choices choices = new Choices();
        int contested = 0;
        int orders = 0;
        try (OtherProcess one = new OtherProcess(sandbox);
                OtherProcess other = new OtherProcess(sandbox)) {
            do {
                Meeting two = meeting(List.of(Optional.of(one), Optional.of(other)));
                two.all(wish, choices);

                assertOne(two, alone, choices);
                contested += contested(two);
                orders++;
            } while (choices.nextRound());
        }
        System.out.printf(
                "same moment: %s: two processes in all %d orders of their calls, %d gave way%n",
                wish, orders, contested);
        assertThat(contested).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"route and rule", "file of a farm and its server", "file of a named route and its rule"})
    void tenWhoMakeTheSameEndWithOne(String name) throws IOException {
        Wish wish = Wish.named(name);
        SortedMap<String, String> alone = alone(wish);
        int contested = 0;
        int refused = 0;
        int all = Integer.getInteger("meetings", 10);
        for (int seed = 0; seed < all; seed++) {
            Meeting ten = meeting(TEN);
            ten.all(wish, new Random(seed));

            assertOne(ten, alone, "seed " + seed);
            List<RuntimeException> failures = ten.parties().stream()
                    .flatMap(each -> each.failure().stream())
                    .toList();
            assertThat(failures).as("seed %d", seed).allSatisfy(failure -> {
                assertThat(failure).isInstanceOf(IplbException.class).hasMessageContaining("more than one");
                assertThat(((IplbException) failure).kind()).isEqualTo(FailureKind.CONFLICT);
            });
            contested += contested(ten);
            refused += failures.size();
        }
        System.out.printf(
                "same moment: %s: ten parties, %d seeds, %d gave way, %d of %d were told of two%n",
                wish, all, contested, refused, all * TEN);
    }

    private SortedMap<String, String> alone(Wish wish) throws IOException {
        Meeting one = meeting(1);
        one.all(wish, new Random(0));
        return one.shape();
    }

    private Meeting meeting(int many) throws IOException {
        return meeting(Collections.nCopies(many, Optional.empty()));
    }

    private Meeting meeting(List<Optional<OtherProcess>> processes) throws IOException {
        meetings++;
        return new Meeting(
                sandbox, clock, http, "loadbalancer-" + meetings, directory.resolve("meeting-" + meetings), processes);
    }

    /** It is as if one had done it, and the records agree: one of them says that it made each thing. */
    private static void assertOne(Meeting meeting, SortedMap<String, String> alone, Object order) {
        assertThat(meeting.shape()).as("%s", order).isEqualTo(alone);
        List<RecordedEntry> entries = meeting.parties().stream()
                .flatMap(each -> each.entries().stream())
                .toList();
        assertThat(entries).noneMatch(RecordedEntry::open);
        assertThat(entries.stream().flatMap(entry -> entry.calls().stream()))
                .noneMatch(call -> call.fate() == Fate.UNKNOWN);
        assertThat(entries.stream().filter(entry -> !entry.result().isNull()))
                .as("%s", order)
                .allSatisfy(entry -> assertThat(hasGivenWay(entry))
                        .isEqualTo(entry.result().path("warnings").toString().contains("somebody else has made")));
        assertThat(entries.stream()
                        .filter(entry ->
                                entry.before().isNull() && !entry.result().isNull())
                        .map(RecordedEntry::operation))
                .as("%s: who made it", order)
                .doesNotHaveDuplicates()
                .isNotEmpty();
    }

    /** Who has only completed what was there half-made cannot know that somebody was at it. */
    private static boolean hasMadeAnother(RecordedEntry entry) {
        String list = entry.calls().get(0).path();
        boolean isWhole = entry.operation().equals("add-rule") || !list.endsWith("/rule");
        return isWhole
                && entry.calls().get(0).method().equals("POST")
                && entry.calls().stream()
                        .anyMatch(call ->
                                call.method().equals("DELETE") && call.path().matches(list + "/\\d+"))
                && !entry.before().isNull();
    }

    private static boolean hasGivenWay(RecordedEntry entry) {
        return entry.calls().stream().anyMatch(call -> call.method().equals("DELETE"));
    }

    private static int contested(Meeting meeting) {
        return (int) meeting.parties().stream()
                .filter(each -> each.entries().stream().anyMatch(SameMomentTest::hasGivenWay))
                .count();
    }

    /** Whoever has given way takes away nothing of the other's. */
    private static void assertUndone(Meeting two, SortedMap<String, String> before, Object order) {
        List<Long> ids = two.ids();
        for (Meeting.Party party : two.parties()) {
            if (party.entries().stream().anyMatch(SameMomentTest::hasMadeAnother)) {
                party.rollBack();
                assertThat(two.ids()).as("%s: %s", order, party.entries()).isEqualTo(ids);
            }
        }
        for (Meeting.Party party : two.parties()) {
            if (party.entries().stream()
                    .anyMatch(
                            entry -> entry.before().isNull() && !entry.result().isNull())) {
                party.rollBack();
            }
        }
        assertThat(two.shape()).as("%s", order).isEqualTo(before);
    }
}
