package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An {@code ovh.conf} that may not be read. */
@ExtendWith(SandboxExtension.class)
class UnreadableSettingsTest {
    private static final String SHOW = Launched.IPLB + " show --service " + Shell.SERVICE;

    /** Root reads every file, unless it gives that up. */
    private static final String WITHOUT_OVERRIDE =
            "setpriv --inh-caps=-dac_override,-dac_read_search --bounding-set=-dac_override,-dac_read_search ";

    @TempDir
    private Path home;

    private Launched iplb;
    private Path settings;

    @BeforeEach
    void prepare(Sandbox sandbox) throws Exception {
        iplb = new Launched(home, sandbox);
        settings = iplb.directory().resolve("ovh.conf");
        Files.writeString(settings, "[default]\nendpoint=ovh-eu\n");
        Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("---------"));
        assumeTrue(
                run("cat ovh.conf").code() != 0,
                "whoever runs the tests reads every file, and there is no setpriv to stop it");
    }

    @Test
    void isNotMissedWhereTheEnvironmentSaysAll() throws Exception {
        Launched.Ran ran = run(SHOW);

        assertThat(ran.code()).as(ran.toString()).isZero();
        assertThat(ran.err()).doesNotContain("ovh.conf");
    }

    @Test
    void isToldAsWhatItIsWhereItIsNeeded() throws Exception {
        iplb.without("OVH_CONSUMER_KEY").without("OVH_APPLICATION_KEY").without("OVH_APPLICATION_SECRET");

        Launched.Ran ran = run(SHOW);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(settings + " cannot be read: permission denied");
        assertThat(ran.out()).isEmpty();
    }

    private Launched.Ran run(String line) throws Exception {
        boolean root = iplb.shell("id -u").out().strip().equals("0");
        return iplb.shell(root ? WITHOUT_OVERRIDE + line : line);
    }
}
