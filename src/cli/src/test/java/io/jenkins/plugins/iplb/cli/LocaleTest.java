package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is packaged, in jobs whose locale knows no accents: cron's, systemd's, those of most agents. */
@ExtendWith(SandboxExtension.class)
class LocaleTest {
    private static final String FARM = "été-boutique";
    private static final String ENSURE =
            "ensure-farm --service " + Shell.SERVICE + " --protocol http --farm '" + FARM + "' --port 80 --zone gra";

    @TempDir
    private Path home;

    private Launched iplb;
    private Sandbox sandbox;

    @BeforeEach
    void prepare(Sandbox box) throws Exception {
        sandbox = box;
        iplb = new Launched(home, box);
    }

    @ParameterizedTest
    @MethodSource("io.jenkins.plugins.iplb.cli.Launched#javas")
    void aNameIsTheSameUnderEveryLocale(Path java) throws Exception {
        iplb.with("JAVA_HOME", java.toString());
        for (String locale : new String[] {"C", "POSIX", "", "C.UTF-8", "fr_FR.ISO-8859-1", "xx_XX.UTF-8"}) {
            Launched.Ran ran = iplb.with("LC_ALL", locale).shell(Launched.IPLB + " " + ENSURE);

            assertThat(ran.code()).as(ran.toString()).isZero();
        }

        assertThat(iplb.shell(Launched.IPLB + " show --service " + Shell.SERVICE)
                        .out())
                .containsOnlyOnce(FARM)
                .doesNotContain("\uFFFD");
    }

    /** Where the launcher is not used, or the system knows no such locale. */
    @ParameterizedTest
    @MethodSource("io.jenkins.plugins.iplb.cli.Launched#javas")
    void javaAloneReadsNamesUnderEveryLocale(Path java) throws Exception {
        iplb.with("LC_ALL", "C");

        Launched.Ran ran = iplb.shell("%s/bin/java -jar %s %s".formatted(java, Launched.JAR, ENSURE));

        assertThat(ran.code()).as(ran.toString()).isZero();
        assertThat(iplb.shell(Launched.IPLB + " show --service " + Shell.SERVICE)
                        .out())
                .contains(FARM);
    }

    @Test
    void aFileMayHaveAnyName() throws Exception {
        iplb.with("LC_ALL", "C");

        Launched.Ran ran = iplb.shell(Launched.IPLB + " " + ENSURE + " --record 'déploiement.json'");

        assertThat(ran.code()).as(ran.toString()).isZero();
        assertThat(Files.readString(iplb.directory().resolve("déploiement.json")))
                .contains(FARM);
    }

    @Test
    void aHomeMayHaveAnyName() throws Exception {
        Path accented = Files.createDirectory(home.resolve("Zoë"));
        FirstRun.wasIn(accented);
        Files.writeString(accented.resolve(".ovh.conf"), "[default]\nendpoint=" + sandbox.httpEndpoint() + "\n");
        iplb.with("LC_ALL", "C").with("HOME", accented.toString()).without("OVH_ENDPOINT");

        Launched.Ran ran = iplb.shell(Launched.IPLB + " show --service " + Shell.SERVICE);

        assertThat(ran.code()).as(ran.toString()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8", "fr_FR.ISO-8859-1"})
    void whatIsNotUtf8IsRefusedWithItsBytes(String locale) throws Exception {
        iplb.with("LC_ALL", locale);

        Launched.Ran ran = iplb.shell(Launched.IPLB + " ensure-farm --service " + Shell.SERVICE
                + " --protocol http --farm \"$(printf 'caf\\351')\" --port 80 --zone gra");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--farm: 'caf\\xE9' was given; allowed: text in UTF-8\n");
        assertThat(sandbox.calls().all()).isEmpty();
    }

    @Test
    void aVariableThatIsNotUtf8IsRefusedWithoutItsValue() throws Exception {
        Launched.Ran ran = iplb.shell("OVH_CONSUMER_KEY=\"$(printf 'sandboxsecret\\351')\" " + Launched.IPLB
                + " show --service " + Shell.SERVICE + " --output json");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).contains("The value of the environment variable OVH_CONSUMER_KEY is not UTF-8");
        assertThat(ran.out() + ran.err()).doesNotContain("sandboxsecret");
        assertThat(sandbox.calls().all()).isEmpty();
    }

    @Test
    void aFileThatJavaCannotReachIsToldWithWhatHelps() throws Exception {
        iplb.with("LC_ALL", "C");

        Launched.Ran ran = iplb.shell(
                "$JAVA_HOME/bin/java -jar %s %s --record 'déploiement.json'".formatted(Launched.JAR, ENSURE));

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .contains("No file can be reached by the name 'déploiement.json'")
                .contains("LC_ALL=C.UTF-8");
        assertThat(sandbox.calls().all()).isEmpty();
    }
}
