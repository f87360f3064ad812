package io.jenkins.plugins.iplb.ansible.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What becomes of the cases of {@code src/test/playbooks} is the same on every ansible-core as on the one that is
 * installed. {@code ANSIBLE_VERSIONS} says which others there are: a path of folders, the commands of one version in
 * each, as dev/ansible-versions prints it. {@code target/ansible-versions.txt} gets a line for each version.
 */
@ExtendWith({SandboxExtension.class, AnsibleExtension.class})
class VersionsTest {
    private static final String INSTALLED = "";
    private static final Path PLAYBOOKS = Path.of("src/test/playbooks");
    private static final Path LINES = Path.of("target/ansible-versions.txt");

    /** What Ansible says of a task, each version in its own way; what is left is what the module says. */
    private static final Set<String> ANSIBLES_OWN = Set.of(
            "ansible_async_watchdog_pid",
            "ansible_job_id",
            "ansible_loop_var",
            "exception",
            "false_condition",
            "finished",
            "include",
            "include_args",
            "invocation",
            "item",
            "results_file",
            "started");

    /** ansible-core 2.22 hides what came out of a vault, wherever it prints it from then on. */
    private static final String VAULTED = "from-a-vault";

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    private static Cases first;

    /** The installed one comes first: the others are held against it. None where there are no others. */
    static Stream<String> versions() {
        String others = System.getenv().getOrDefault("ANSIBLE_VERSIONS", "");
        if (others.isEmpty()) {
            return Stream.empty();
        }
        return Stream.concat(
                Stream.of(INSTALLED),
                Stream.of(others.split(File.pathSeparator)).filter(folder -> !folder.isEmpty()));
    }

    @ParameterizedTest(name = "[{index}] {0}", allowZeroInvocations = true)
    @MethodSource("versions")
    void theCasesAreTheSameOnEveryVersion(String folder, Sandbox sandbox, Ansible installed) throws IOException {
        sandbox.world().refreshTakes(Duration.ZERO).ipMoveTakes(Duration.ZERO);
        boolean isFirst = folder.equals(INSTALLED);
        Ansible ansible = isFirst ? installed : installed.of(Path.of(folder));

        Cases cases = Cases.on(ansible.on(sandbox), sandbox);

        first = isFirst ? cases : first;
        String line = isFirst ? cases.line() : cases.line(first);
        Files.writeString(
                LINES,
                line + System.lineSeparator(),
                StandardOpenOption.CREATE,
                isFirst ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND,
                StandardOpenOption.WRITE);
        assertThat(cases.results()).as(line).isNotEmpty().containsExactlyEntriesOf(first.results());
    }

    /** @param results what became of each case, in order */
    private record Cases(String version, String python, Map<String, String> results) {
        private static final Pattern VERSION = Pattern.compile("(?s)\\[core (\\S+)].*python version = (\\d+\\.\\d+).*");

        static Cases on(Ansible ansible, Sandbox sandbox) throws IOException {
            Matcher version = VERSION.matcher(
                    ansible.run("ansible", "--version").succeeded().output());
            assertThat(version.find()).isTrue();

            Path directory = copied(ansible);
            Path written = directory.resolve("cases.jsonl");
            String port = Integer.toString(sandbox.tlsAddress().getPort());
            ansible.with("IPLB_CASES", written.toString())
                    .with("ANSIBLE_CALLBACK_PLUGINS", directory.toString())
                    .with("ANSIBLE_CALLBACKS_ENABLED", "cases")
                    .with(
                            "ANSIBLE_VAULT_PASSWORD_FILE",
                            directory.resolve("password").toString())
                    .playbook(
                            "cases.yml",
                            "-e",
                            "record=" + directory.resolve("changes.json"),
                            "-e",
                            "iplb_http2_service=" + DemoWorld.SERVICE,
                            "-e",
                            "iplb_http2_protocol=tcp",
                            "-e",
                            "iplb_http2_farm=web-http2",
                            "-e",
                            "iplb_http2_url=https://www.shop.example/",
                            "-e",
                            "iplb_http2_connect_to=127.0.0.1:" + port,
                            "-e",
                            "iplb_http2_ca=" + sandbox.caFile())
                    .succeeded();

            Map<String, String> results = new LinkedHashMap<>();
            for (String line : Files.readAllLines(written)) {
                JsonNode each = JSON.readTree(line);
                Object said = JSON.treeToValue(withoutAnsiblesOwn(each.path("result")), Object.class);
                String result = each.path("ended").textValue() + " " + JSON.writeValueAsString(said);
                String name = each.path("case").textValue();
                results.merge(
                        name,
                        result.replace(VAULTED, "$REDACTED$")
                                .replace(directory.toString(), "DIRECTORY")
                                .replace(sandbox.httpEndpoint().toString(), "ENDPOINT")
                                .replace("127.0.0.1:" + port, "SERVICE")
                                .replace(sandbox.caFile().toString(), "CA")
                                .replaceAll("EU\\.ext-[.0-9a-f]+", "QUERY")
                                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z", "TIME")
                                .replaceAll("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID"),
                        (one, more) -> one + "\n" + more);
            }
            return new Cases(version.group(1), version.group(2), results);
        }

        /** Python leaves compiled files beside those that it reads. */
        private static Path copied(Ansible ansible) throws IOException {
            Path directory = PLAYBOOKS;
            try (Stream<Path> files = Files.list(PLAYBOOKS)) {
                for (Path file : files.toList()) {
                    directory = ansible.write(file.getFileName().toString(), Files.readString(file))
                            .getParent();
                }
            }
            return directory;
        }

        private static JsonNode withoutAnsiblesOwn(JsonNode result) {
            if (result instanceof ObjectNode object) {
                object.remove(ANSIBLES_OWN);
                object.properties()
                        .removeIf(each -> each.getKey().startsWith("_ansible")
                                || each.getKey().equals("failed")
                                        && !each.getValue().booleanValue());
            }
            result.forEach(Cases::withoutAnsiblesOwn);
            return result;
        }

        String line() {
            return "ansible-core %s (Python %s): %d cases".formatted(version, python, results.size());
        }

        String line(Cases other) {
            long same = results.entrySet().stream()
                    .filter(each -> each.getValue().equals(other.results.get(each.getKey())))
                    .count();
            return "%s, %d the same as on %s".formatted(line(), same, other.version);
        }
    }
}
