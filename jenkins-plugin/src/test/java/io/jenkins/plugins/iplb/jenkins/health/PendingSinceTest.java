package io.jenkins.plugins.iplb.jenkins.health;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.XmlFile;
import io.jenkins.plugins.iplb.api.LoadBalancer;
import io.jenkins.plugins.iplb.api.PendingChange;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.jenkins.controller.KeptMap;
import io.jenkins.plugins.iplb.jenkins.readings.KnownLoadBalancer;
import java.io.File;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PendingSinceTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<PendingChange> IN_GRA = List.of(new PendingChange("gra", 1));

    @TempDir
    private File directory;

    private PendingSince since;

    @BeforeEach
    void begin() {
        since = new PendingSince(new KeptMap<>(file()));
    }

    @Test
    void isWhenItWasSeenFirstHoweverOftenItIsSeen() {
        look(0, IN_GRA);
        look(60, List.of(new PendingChange("gra", 3), new PendingChange("rbx", 1)));

        assertThat(since.of("shop", "gra")).isEqualTo(START);
        assertThat(since.of("shop", "rbx")).isEqualTo(START.plusSeconds(60));
    }

    @Test
    void outlivesARestart() {
        look(0, IN_GRA);

        since = new PendingSince(new KeptMap<>(file()));
        look(60, IN_GRA);

        assertThat(since.of("shop", "gra")).isEqualTo(START);
    }

    @Test
    void beginsAnewWhenNothingWasPendingInBetween() {
        look(0, IN_GRA);
        look(60, List.of());
        look(120, IN_GRA);

        assertThat(since.of("shop", "gra")).isEqualTo(START.plusSeconds(120));
    }

    @Test
    void beginsAnewWhenARefreshOfTheZoneIsDone() {
        look(0, List.of(new PendingChange("gra", 1), new PendingChange("rbx", 1)), refresh(-60, "done", "gra", "rbx"));
        look(
                60,
                List.of(new PendingChange("gra", 1), new PendingChange("rbx", 1)),
                refresh(30, "done", "gra"),
                refresh(40, "error", "gra"),
                refresh(50, "doing", "gra", "rbx"));

        assertThat(since.of("shop", "gra")).isEqualTo(START.plusSeconds(60));
        assertThat(since.of("shop", "rbx")).isEqualTo(START);
    }

    @Test
    void doesNotAskHowFarTheClockOfOvhIsFromItsOwn() {
        look(0, IN_GRA, refresh(3_600, "done", "gra"));
        look(60, IN_GRA, refresh(3_600, "done", "gra"));
        assertThat(since.of("shop", "gra")).isEqualTo(START);

        look(120, IN_GRA, refresh(3_600, "done", "gra"), refresh(3_601, "done", "gra"));
        assertThat(since.of("shop", "gra")).isEqualTo(START.plusSeconds(120));
    }

    @Test
    void goesOnWithWhatTheVersionBeforeHasKept() {
        new KeptMap<String>(file()).write(Map.of("shop gra", START.toString()));

        since = new PendingSince(new KeptMap<>(file()));
        look(60, IN_GRA);

        assertThat(since.of("shop", "gra")).isEqualTo(START);
    }

    @Test
    void staysAsItIsWhileALoadBalancerCannotBeSeenAndGoesWithIt() {
        look(0, IN_GRA);

        since.seen(Map.of(), Set.of("shop"));
        assertThat(since.of("shop", "gra")).isEqualTo(START);

        since.seen(Map.of(), Set.of());
        assertThat(since.of("shop", "gra")).isNull();
    }

    @Test
    void aDamagedFileIsBegunAnew() throws Exception {
        Files.writeString(file().getFile().toPath(), "<tree-map><entry>");

        since = new PendingSince(new KeptMap<>(file()));
        look(0, IN_GRA);

        assertThat(since.of("shop", "gra")).isEqualTo(START);
    }

    private XmlFile file() {
        return new XmlFile(new File(directory, "pending.xml"));
    }

    private void look(long seconds, List<PendingChange> pending, Task... refreshes) {
        Instant at = START.plusSeconds(seconds);
        LoadBalancer shop = new LoadBalancer("shop", "shop", "ok", List.of("gra", "rbx"), null, null, null, null);
        since.seen(Map.of("shop", new KnownLoadBalancer.State(at, shop, pending, List.of(refreshes))), Set.of("shop"));
    }

    private static Task refresh(long seconds, String status, String... zones) {
        return new Task(1, Task.REFRESH, status, 0, List.of(zones), START.plusSeconds(seconds), null);
    }
}
