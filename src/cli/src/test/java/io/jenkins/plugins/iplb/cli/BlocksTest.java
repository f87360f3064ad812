package io.jenkins.plugins.iplb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.docs.DocumentedPlays;
import io.jenkins.plugins.iplb.docs.DocumentedShop;
import io.jenkins.plugins.iplb.docs.Page;
import io.jenkins.plugins.iplb.file.ChangeFile;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.Haproxy;
import io.jenkins.plugins.iplb.sandbox.testing.KeyPem;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.testing.Bench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every block of the documentation is run, or held against what it is about, or says above it why not. The blocks of a page are
 * run one after the other in a directory, with a sandbox that has what the documentation speaks of.
 */
@ExtendWith(SandboxExtension.class)
class BlocksTest {
    private static final Pattern SERVICE = Pattern.compile("loadbalancer-0123456789abcdef|(?<=--service )S\\b");
    private static final HeldCertificate CERTIFICATE = KeyPem.elliptic("www.shop.example");

    /** What begins a line that is about others than iplb, and who proves it. */
    private static final Map<String, String> OTHERS = Map.of(
            "export", "the sandbox's own settings stand there",
            "./verify", "it is what runs this",
            "mvn", "./verify builds all",
            "terraform", "it is another's",
            "ansible-galaxy", "CollectionTest installs it",
            "ansible-playbook", "GuidesTest plays it",
            "curl", "it asks what listens elsewhere");

    /** Commands that tests of their own run, the whole story or until they are interrupted. */
    private static final List<String> SERVING = List.of("demo", "sandbox");

    /** Blocks of these show what others print. */
    private static final List<String> SHOWN = List.of("", "diff", "text");

    private static final Map<String, Integer> COUNTED = new TreeMap<>();

    @TempDir
    private Path folder;

    private TestClock clock;
    private Sandbox sandbox;
    private Shell shell;

    @BeforeEach
    void prepare(TestClock time) throws IOException {
        clock = time;
        write("fullchain.pem", CERTIFICATE.certificatePem());
        write("privkey.pem", CERTIFICATE.privateKeyPkcs8Pem());
        write("state.json", """
                {"format_version": "1.0", "values": {"root_module": {"resources": [{
                  "type": "ovh_iploadbalancing_http_farm", "name": "app", "mode": "managed",
                  "address": "ovh_iploadbalancing_http_farm.app",
                  "values": {"id": "10008", "service_name": "%s", "display_name": "app", "zone": "all", "port": 80}}]}}}
                """.formatted(Shell.SERVICE));
        for (String script : List.of("deploy.sh", "check.sh")) {
            write(script, "#!/bin/sh\n");
            assertThat(folder.resolve(script).toFile().setExecutable(true)).isTrue();
        }
        write("iplb.yaml", """
                loadBalancer: %s
                http:
                  farms: {app: {zone: all, port: "${PORT:-8080}", stickiness: cookie, servers: {192.0.2.31: , 192.0.2.32: }}}
                  frontends: {http: {zone: all, port: 80, farm: app}}
                """.formatted(Shell.SERVICE));
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }

    static List<Page> pages() {
        return Page.all().stream().filter(page -> !page.blocks().isEmpty()).toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyBlockIsTrue(Page page) throws IOException {
        for (Page.Block block : page.blocks()) {
            String how = block.notRun().isPresent() ? "not run, with a reason" : how(block);
            COUNTED.merge(
                    "%s: %s".formatted(block.language().isEmpty() ? "text" : block.language(), how), 1, Integer::sum);
        }
    }

    private String how(Page.Block block) throws IOException {
        if (block.page().startsWith("docs/scenarios")) {
            return "ScenariosTest";
        }
        if (block.page().startsWith("docs/reference") || SHOWN.contains(block.language())) {
            return "shown";
        }
        return switch (block.language()) {
            case "groovy" -> "PipelinesTest";
            case "yaml" -> yaml(block);
            case "bash", "console" -> commands(block);
            default -> throw new AssertionError(block + ": nobody knows what to do with " + block.language());
        };
    }

    private String yaml(Page.Block block) throws IOException {
        if (DocumentedPlays.isOne(block.text())) {
            assertThat(DocumentedPlays.mistakes(block.text()))
                    .as(block.toString())
                    .isEmpty();
            return "held against the modules";
        }
        String text = ours(block.text());
        ChangeFile.read(
                block.toString(),
                text,
                name -> name.equals("LOAD_BALANCER") ? Optional.of(Shell.SERVICE) : Optional.empty());
        write("iplb.yaml", text);
        return "read as a change file";
    }

    private static String ours(String text) {
        return SERVICE.matcher(text).replaceAll(Shell.SERVICE);
    }

    // ---- commands

    /** Each block finds the load balancer as the documentation has it, and the files of those before it. */
    private String commands(Page.Block block) throws IOException {
        Files.deleteIfExists(folder.resolve("iplb-changes.json"));
        try (Sandbox own = Sandbox.builder().clock(clock).world(DemoWorld::in).start()) {
            sandbox = own;
            Bench.quick(sandbox.world());
            DocumentedShop.furnish(sandbox.world().service(Shell.SERVICE));
            shell = new Shell(sandbox, clock, folder)
                    .with("LOAD_BALANCER", Shell.SERVICE)
                    .with("SITE_CERTIFICATE", CERTIFICATE.certificatePem())
                    .with("SITE_KEY", CERTIFICATE.privateKeyPkcs8Pem());
            return run(block);
        }
    }

    private String run(Page.Block block) {
        List<String> lines = lines(block);
        int run = 0;
        for (String line : lines) {
            for (String command : line.split(" && ")) {
                if (OTHERS.containsKey(command.split(" ")[0])) {
                    continue;
                }
                assertThat(command).as(block + " has what nobody runs").matches("(\\./)?iplb .*");
                run(block, command.replaceFirst("^(\\./)?iplb +", ""));
                run++;
            }
        }
        return run == 0 ? "others'" : "run";
    }

    /** Commands alone, each in one line. */
    private static List<String> lines(Page.Block block) {
        List<String> lines = new ArrayList<>();
        boolean isConsole = block.language().equals("console");
        for (String line : block.text().replace("\\\n", " ").lines().toList()) {
            String command = isConsole ? (line.startsWith("$ ") ? line.substring(2) : "") : line;
            String bare = command.replaceFirst("(^|\\s+)#.*", "").strip();
            if (!bare.isEmpty()) {
                lines.add(bare);
            }
        }
        return lines;
    }

    private void run(Page.Block block, String given) {
        if (SERVING.contains(given.split(" ")[0])) {
            return;
        }
        String command = ours(given);
        if (command.startsWith("explain")) {
            Haproxy.assumeInstalled();
        }
        if (command.startsWith("rollback") || command.startsWith("drift iplb-changes.json")) {
            shell.run("apply iplb.yaml");
        }
        if (command.contains("--entry ID")) {
            command = command.replace("--entry ID", "--entry " + last());
        }
        if (command.matches("(check-traffic|check-metrics) .*")) {
            command += " --check";
        }
        if (command.matches("(enable|check)-http2 .*")) {
            command += " --connect-to 127.0.0.1:%d --ca %s"
                    .formatted(sandbox.tlsAddress().getPort(), sandbox.caFile());
        }
        String[] parts = command.split(" ?>", 2);
        Shell.Ran ran = shell.run(parts[0].strip());
        if (parts.length > 1) {
            shell.write(parts[1].strip(), ran.out());
        }
        boolean mayFail = block.text().contains(command.split(" ")[0] + " failed (");
        assertThat(mayFail ? 0 : ran.code())
                .as("%s: %s: %s%s".formatted(block, command, ran.out(), ran.err()))
                .isIn(ExitCode.DONE, ExitCode.CHANGES);
    }

    private String last() {
        return shell.record().stream()
                .filter(entry -> !entry.operation().equals("refresh"))
                .reduce((one, next) -> next)
                .orElseThrow()
                .id();
    }

    @Test
    void whatNobodyRunsIsFound() throws IOException {
        Page page = new Page(Path.of("README.md"), "```bash\niplb refreh --service S\n```\n\n```bash\nrm -rf /\n```\n");

        assertThat(page.blocks()).hasSize(2);
        for (Page.Block block : page.blocks()) {
            assertThat(fails(block)).isTrue();
        }
    }

    private boolean fails(Page.Block block) throws IOException {
        try {
            how(block);
            return false;
        } catch (AssertionError e) {
            return true;
        }
    }

    @AfterAll
    static void tell() {
        System.out.println("blocks: %d: %s"
                .formatted(
                        COUNTED.values().stream().mapToInt(Integer::intValue).sum(),
                        COUNTED.entrySet().stream()
                                .map(each -> each.getKey() + " " + each.getValue())
                                .collect(Collectors.joining(", "))));
    }
}
