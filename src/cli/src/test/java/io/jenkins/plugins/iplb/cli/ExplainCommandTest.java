package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.Haproxy;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that are explained, by a file and by a load balancer. */
@ExtendWith(SandboxExtension.class)
class ExplainCommandTest {
    private static final String IPLB = """
        loadBalancer: loadbalancer-0123456789abcdef
        ips:
          203.0.113.7: {}
        http:
          farms:
            web:
              zone: all
              port: 8080
              servers:
                192.0.2.10: {}
          frontends:
            site:
              zone: rbx
              port: ${PORT}
              farm: web
              routes:
                no-admin: {reject: true, rules: [uri startswith /wp-login, source not in 10.0.0.0/8]}
                staging: {farm: web, rules: ['cookie:env is staging']}
            own:
              zone: rbx
              port: 8080
              ips: [203.0.113.7]
              redirectLocation: https://${host}/
        """;

    @TempDir
    private Path directory;

    private Shell shell;
    private Sandbox sandbox;

    @BeforeEach
    void prepare(Sandbox box, TestClock clock) {
        sandbox = box;
        shell = new Shell(box, clock, directory);
        shell.write("iplb.yaml", IPLB);
    }

    @Test
    void aRequestIsExplainedByAFileWithItsPlaceholders() {
        Haproxy.assumeInstalled();

        Shell.Ran ran =
                shell.run("explain iplb.yaml 'GET http://www.shop.example/wp-login.php' --set PORT=80 --source 10.1.2.3"
                        + " --header 'Cookie: env=staging'");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).isEqualTo("""
                GET http://www.shop.example/wp-login.php over HTTP/1.1 from 10.1.2.3, in zone rbx
                http frontend site, port 80
                  route no-admin (reject) does not match
                    yes uri startswith /wp-login
                    no  source not in 10.0.0.0/8
                  route staging (farm web) matches
                    yes cookie:env is staging
                => farm web, server 192.0.2.10:8080, by route staging
                ! servers are stood in for: whether OVH finds them well is not known here
                """);
        assertThat(sandbox.calls().all()).isEmpty();

        JsonNode result = shell.with("PORT", "80")
                .json("explain iplb.yaml http://www.shop.example:8080/a --ip 203.0.113.7 --zone rbx")
                .result();
        assertThat(result.path("frontend").asText()).isEqualTo("own");
        assertThat(result.path("location").asText()).isEqualTo("https://www.shop.example:8080/");
        assertThat(result.path("farm").isNull()).isTrue();
    }

    @Test
    void aLoadBalancerIsReadAndNotTouched() {
        Haproxy.assumeInstalled();

        Shell.Ran ran = shell.run("explain --service $S 'GET http://www.shop.example/' --zone rbx");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).contains("in zone rbx", "http frontend http, port 80", "=> farm app, server ");
        assertThat(shell.writes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        explain iplb.yaml GET                                     | request: 'GET'
        explain iplb.yaml ftp://www.shop.example/                 | request: 'ftp://www.shop.example/'
        explain iplb.yaml 'GET http://a.example/ b'               | request: 'GET http://a.example/ b'
        explain iplb.yaml http://a.example/ --over http/2         | begins with https://
        explain iplb.yaml http://a.example/ --over spdy           | over: 'spdy'
        explain iplb.yaml http://a.example/ --source nowhere      | source: 'nowhere'
        explain iplb.yaml http://a.example/ --source 10.0.0.0/8   | source: '10.0.0.0/8'
        explain iplb.yaml http://a.example/ --header Cookie       | headers: 'Cookie'
        explain iplb.yaml http://a.example/ --zone sbg            | zone: 'sbg' was given; allowed: rbx
        explain iplb.yaml http://a.example/ --service other       | service: 'other'
        explain none.yaml http://a.example/                       | none.yaml
        explain http://a.example/                                 | FILE
        explain                                                   | REQUEST
        """)
    void whatCannotBeMeantIsNamed(String command, String named) {
        Shell.Ran ran = shell.with("PORT", "80").run(command);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains(named);
        assertThat(sandbox.calls().all()).isEmpty();
    }
}
