package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.Haproxy;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox as its user runs it: a process of its own, and its environment copied into other shells. */
@ExtendWith(SandboxExtension.class)
@Timeout(60)
class SandboxCommandTest {
    @TempDir
    private Path directory;

    private Sandbox other;
    private Shell shell;

    @BeforeEach
    void prepare(Sandbox sandbox, TestClock clock) {
        other = sandbox;
        shell = new Shell(sandbox, clock, directory);
    }

    @Test
    void whatItPrintsIsTheEnvironmentOfOtherCommands() throws Exception {
        try (Running sandbox = Running.start(directory)) {
            assertThat(sandbox.variables())
                    .containsOnlyKeys(
                            "OVH_ENDPOINT", "OVH_APPLICATION_KEY", "OVH_APPLICATION_SECRET", "OVH_CONSUMER_KEY");
            shell.withOnly(sandbox.variables());

            assertThat(shell.run(Writing.SET_STICKINESS.in(shell)).code()).isZero();
            assertThat(shell.run("show --service $S").out()).contains("stickiness cookie");
            assertThat(sandbox.remarks()).anyMatch(remark -> remark.contains(Shell.SERVICE));
            assertThat(sandbox.remarks()).anyMatch(remark -> remark.contains("iplb check-http2 https://"));
        }
        assertThat(other.calls().all()).isEmpty();
    }

    @Test
    void theCheckThatItPrintsWorks() throws Exception {
        try (Running sandbox = Running.start(directory)) {
            String command = sandbox.remarks().stream()
                    .filter(remark -> remark.contains("check-http2"))
                    .map(remark -> remark.substring(remark.indexOf("check-http2")))
                    .findFirst()
                    .orElseThrow();

            assertThat(shell.json(command).message()).contains("answered over http/1.1");
        }
    }

    @Test
    void withAStateFileEverythingIsAsItWasAfterTheNextStart() throws Exception {
        Map<String, String> before;
        try (Running sandbox = Running.start(directory, "--state", "state.sandbox")) {
            before = sandbox.variables();
            assertThat(shell.withOnly(before).run(Writing.ADD_ROUTE.in(shell)).code())
                    .isZero();
        }
        try (Running sandbox = Running.start(directory, "--state", "state.sandbox")) {
            Map<String, String> after = sandbox.variables();
            shell.withOnly(after);

            assertThat(shell.json(Writing.ADD_ROUTE.in(shell))
                            .json()
                            .path("changed")
                            .booleanValue())
                    .isFalse();
            assertThat(after.get("OVH_CONSUMER_KEY")).isEqualTo(before.get("OVH_CONSUMER_KEY"));
        }
    }

    @Test
    void realTrafficGoesWhereItSaysAndNoHaproxyOutlivesAKilledSandbox() throws Exception {
        Haproxy.assumeInstalled();
        Running sandbox = Running.start(directory, "--traffic");
        List<ProcessHandle> started = sandbox.process().descendants().toList();
        try (sandbox) {
            HttpResponse<String> answer = get(sandbox, "gra", "/cart");

            assertThat(answer.body()).contains("\"uri\":\"/cart\"", "\"server\":\"192.0.2.3");
            assertThat(started)
                    .anyMatch(process -> process.info().command().orElse("").endsWith("haproxy"));

            sandbox.process().destroyForcibly();
        }
        for (ProcessHandle process : started) {
            process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        }
    }

    @Test
    void aChangeFileIsTriedWithRealRequestsBeforeProductionSeesIt() throws Exception {
        Haproxy.assumeInstalled();
        shell.write("iplb.yaml", """
            loadBalancer: loadbalancer-0123456789abcdef
            http:
              farms:
                web: { zone: all, port: 8080, servers: { 192.0.2.10: {} } }
              frontends:
                http:
                  zone: all
                  port: "8080"
                  farm: web
                  routes:
                    no-login: { reject: true, status: 405, rules: ["uri startswith /wp-login"] }
            """);
        try (Running sandbox = Running.start(directory, "--traffic", "--from", "iplb.yaml", "--zones", "gra,rbx")) {
            assertThat(sandbox.remarks()).contains("load balancer: loadbalancer-0123456789abcdef");
            for (String zone : List.of("gra", "rbx")) {
                assertThat(get(sandbox, zone, "/wp-login.php").statusCode()).isEqualTo(405);
                assertThat(get(sandbox, zone, "/").body()).contains("\"server\":\"192.0.2.10:8080\"");
            }
        }
    }

    @Test
    void aChangeFileThatIsNoneStartsNoSandbox() {
        shell.write("iplb.yaml", "loadBalancer: loadbalancer-1\nhttp: { farm: {} }\n");

        Shell.Ran ran = shell.run("sandbox --from iplb.yaml");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("iplb.yaml:2:");
    }

    /** From the first http frontend of a zone. */
    private static HttpResponse<String> get(Running sandbox, String zone, String path) throws Exception {
        String address = sandbox.remarks().stream()
                .filter(remark -> remark.startsWith(zone + ": http frontend http on "))
                .map(remark -> remark.substring(remark.lastIndexOf(' ') + 1))
                .findFirst()
                .orElseThrow();
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + address + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aPortThatIsTakenIsToldInOneSentence() {
        Shell.Ran ran = shell.run("sandbox --port " + other.httpEndpoint().getPort());

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .startsWith("sandbox failed (usage): ")
                .contains("bind")
                .hasLineCount(1);
    }

    @Test
    void aTlsPortThatIsTakenIsToldInOneSentence() {
        Shell.Ran ran = shell.run("sandbox --tls-port " + other.tlsAddress().getPort());

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).startsWith("sandbox failed (usage): ").hasLineCount(1);
    }

    @Test
    void aPortThatIsNoneIsRefused() {
        Shell.Ran ran = shell.run("sandbox --port 99999");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("99999").hasLineCount(1);
    }

    @Test
    void aStateFileThatIsNoneIsLeftAsItIs() throws IOException {
        Path file = shell.write("state.sandbox", "not a state");

        Shell.Ran ran = shell.run("sandbox --state state.sandbox");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("state.sandbox").hasLineCount(1);
        assertThat(Files.readString(file)).isEqualTo("not a state");
    }

    /** A sandbox in a process of its own. */
    private record Running(Process process, Map<String, String> variables, List<String> remarks)
            implements AutoCloseable {

        static Running start(Path directory, String... arguments) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Iplb.class.getName(),
                    "sandbox"));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectError(directory.resolve("sandbox.err").toFile());
            // Of what its user shares with others, nothing is asked.
            builder.environment().put("IPLB_LOCK", "postgresql://127.0.0.1:1/nowhere");
            Process process = builder.start();
            Map<String, String> variables = new LinkedHashMap<>();
            List<String> remarks = new ArrayList<>();
            BufferedReader out = process.inputReader();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("export ")) {
                    String[] parts = line.substring("export ".length()).split("=", 2);
                    variables.put(parts[0], parts[1]);
                } else if (line.startsWith("# ")) {
                    remarks.add(line.substring(2));
                }
                if (line.contains("check-http2")) {
                    break;
                }
            }
            assertThat(directory.resolve("sandbox.err")).content().isEmpty();
            return new Running(process, variables, remarks);
        }

        @Override
        public void close() {
            process.destroy();
            process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        }
    }
}
