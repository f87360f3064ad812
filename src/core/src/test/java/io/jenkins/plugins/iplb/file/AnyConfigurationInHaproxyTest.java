package io.jenkins.plugins.iplb.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.haproxy.HaproxyConfiguration;
import io.jenkins.plugins.iplb.sandbox.haproxy.Rendered;
import io.jenkins.plugins.iplb.sandbox.haproxy.Site;
import io.jenkins.plugins.iplb.sandbox.testing.Haproxy;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.sandbox.world.World;
import io.jenkins.plugins.iplb.testing.MemoryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The load balancers of {@link AnyConfigurationTest}, before and after, as HAProxy takes them: all of a zone in one check, as if they were one. */
class AnyConfigurationInHaproxyTest {
    private static final int SEEDS = 500;
    private static final String PEM = pem(new HeldCertificate.Builder().build());

    @TempDir(factory = MemoryDirectory.class)
    private Path folder;

    private final World world = new World();
    private final Map<String, List<Path>> files = Map.of("gra", new ArrayList<>(), "rbx", new ArrayList<>());

    @Test
    void haproxyTakesEveryOneWithoutAWarning() throws IOException {
        Haproxy.assumeInstalled();
        for (int seed = 0; seed < SEEDS; seed++) {
            Wanted wanted = new Wanted(seed);
            SeededState before = seeded("before-" + seed, wanted.start());
            wanted.file("loadbalancer-1", before.ids());
            seeded("after-" + seed, wanted.after());
        }

        for (List<Path> ofZone : files.values()) {
            assertThat(ofZone).hasSize(2 * SEEDS);
            assertThat(Haproxy.complaints(folder, ofZone)).isEmpty();
        }
        System.out.printf("any configuration: HAProxy takes all %d that %d seeds make%n", 4 * SEEDS, SEEDS);
    }

    private SeededState seeded(String name, ObjectNode wanted) throws IOException {
        ServiceSeed seed = world.service(name).zones("gra", "rbx");
        SeededState state = new SeededState(seed);
        state.make(wanted);
        for (String zone : files.keySet()) {
            Rendered rendered = HaproxyConfiguration.of(
                    world.inside(() -> world.find(name).orElseThrow().staged()), site(zone));
            files.get(zone).add(write(name + "-" + zone, rendered));
        }
        return state;
    }

    private Path write(String name, Rendered rendered) throws IOException {
        for (Map.Entry<String, String> file : rendered.files().entrySet()) {
            boolean main = file.getKey().equals(Rendered.MAIN);
            Files.writeString(folder.resolve(main ? name + ".cfg" : file.getKey()), file.getValue());
        }
        return folder.resolve(name + ".cfg");
    }

    private Site site(String zone) {
        return new Site(
                zone,
                new Site.Listen("127.10.1.1", "127.10.129.1"),
                Map.of(),
                0,
                true,
                null,
                folder.toString(),
                certificate -> PEM,
                PEM,
                Site.StandIns.NONE,
                false);
    }

    private static String pem(HeldCertificate held) {
        return held.certificatePem() + held.privateKeyPkcs8Pem();
    }
}
