package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.ForwardProxy;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command behind a proxy, without which the sandbox cannot be found. */
@ExtendWith(SandboxExtension.class)
class ProxyTest {
    @Test
    void theCommandGoesByWayOfTheProxy(Sandbox sandbox, @TempDir Path home) throws Exception {
        try (ForwardProxy proxy = new ForwardProxy("jo:word")) {
            Launched.Ran ran = new Launched(home, sandbox)
                    .with("OVH_ENDPOINT", sandbox.httpEndpoint().toString().replace("127.0.0.1", "api.sandbox.test"))
                    .with("http_proxy", "http://jo:word@127.0.0.1:" + proxy.port())
                    .shell(Launched.IPLB + " show --service " + Shell.SERVICE);

            assertThat(ran.code()).as(ran.toString()).isZero();
            assertThat(proxy.requestLines())
                    .isNotEmpty()
                    .allMatch(line -> line.startsWith("GET http://api.sandbox.test:"));
        }
    }
}
