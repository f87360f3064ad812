package io.jenkins.plugins.iplb.ansible;

import static io.jenkins.plugins.iplb.ansible.ModuleRunner.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.ansible.module.IplbModule;
import io.jenkins.plugins.iplb.ansible.module.Meaning;
import io.jenkins.plugins.iplb.ansible.spec.ArgumentSpec;
import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.Frontend;
import io.jenkins.plugins.iplb.api.Route;
import io.jenkins.plugins.iplb.api.RouteAction;
import io.jenkins.plugins.iplb.api.Rule;
import io.jenkins.plugins.iplb.api.Server;
import io.jenkins.plugins.iplb.api.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What modules are checked by is made of their documentation: here is what that leaves open. */
class DocumentationTest {
    static Stream<String> modules() {
        return Documentation.modules();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyDocumentedModuleIsThere(String module) {
        assertThat(IplbModule.named(module)).isNotNull();
        assertThat(ArgumentSpec.of(module).options()).isNotEmpty();
        assertThat(Documentation.of(module)
                        .all()
                        .path("DOCUMENTATION")
                        .path("module")
                        .textValue())
                .isEqualTo(module);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void theExamplesAreWhatTheModuleTakes(String module) {
        ArgumentSpec spec = ArgumentSpec.of(module);
        List<ObjectNode> examples = Documentation.of(module).examples();

        assertThat(examples).isNotEmpty();
        for (ObjectNode arguments : examples) {
            IplbModule meant = IplbModule.named(module);
            assertThatCode(() -> check(meant, spec.check(arguments, meant.constraints())))
                    .as(arguments.toString())
                    .doesNotThrowAnyException();
        }
    }

    private static void check(IplbModule module, Arguments arguments) {
        Meaning meaning = module.meaning(arguments);
        meaning.operation().check(meaning.given(arguments, name -> name));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyModuleRunsOnTheSharedRuntime(String module) throws IOException {
        assertThat(yaml(Documentation.read("meta/runtime.yml"))
                        .path("plugin_routing")
                        .path("modules")
                        .path(module)
                        .path("action_plugin")
                        .textValue())
                .isEqualTo("ovhiplb.loadbalancer.iplb");
        assertThat(Documentation.COLLECTION.resolve("plugins/modules").resolve(module))
                .isRegularFile()
                .hasContent(Files.readString(Path.of("src/main/sh/launcher.sh"))
                        .replace(
                                "# start.sh stands here, which the build puts in.\n",
                                Files.readString(Path.of("../src/launch/start.sh"))));
    }

    /** Ansible takes what has such a name for its own: {@code results} for the turns of a loop, which can end the whole run. */
    @ParameterizedTest
    @MethodSource("modules")
    void nothingIsReturnedUnderANameOfAnsiblesOwn(String module) {
        assertThat(Documentation.of(module).returned())
                .isNotEmpty()
                .doesNotContain("results", "ansible_facts", "exception", "rc", "skipped", "stdout", "unreachable");
    }

    /** {@code ansible-doc} sorts options by their names. */
    @ParameterizedTest
    @MethodSource("modules")
    void noOptionIsDescribedByWhereItStands(String module) {
        assertThat(Documentation.of(module)
                        .all()
                        .path("DOCUMENTATION")
                        .path("options")
                        .properties())
                .extracting(option -> option.getKey() + ": " + option.getValue().path("description"))
                .noneMatch(description -> description.matches("(?s).*\\b(follows?|above|below|the others)\\b.*"));
    }

    /** The first two as HAProxy 2.6.12 does, of which OVH's load balancer is made; the last as OVH's texts of 2025 say. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            iplb_farm     | /options/stickiness/description | only where it looks cacheable, and never where it says C(public)
            iplb_refresh  | /description                    | a port cannot be bound, a reload of HAProxy.* stops all ports for two seconds, although
            iplb_failover | /description                    | a failover IP, which OVHcloud calls an additional IP now
            """)
    void whatNobodyWouldGuessIsSaidWhereItIsMet(String module, String place, String words) {
        assertThat(Documentation.of(module).all().path("DOCUMENTATION").at(place))
                .extracting(JsonNode::textValue)
                .anySatisfy(said -> assertThat(said).containsPattern(words.replaceAll("[()]", "\\\\$0")));
    }

    @Test
    void everyFieldOfWhatThereIsIsDocumented() {
        JsonNode returned = Documentation.of("iplb_info").all().path("RETURN");
        JsonNode farm = returned.at("/farms/contains/http/contains");
        JsonNode route = returned.at("/routes/contains/http/contains");

        assertThat(names(returned.at("/frontends/contains/http/contains"))).isEqualTo(fields(Frontend.class));
        assertThat(names(farm))
                .isEqualTo(Stream.concat(fields(Farm.class).stream(), Stream.of("servers"))
                        .collect(Collectors.toSet()));
        assertThat(names(farm.at("/servers/contains"))).isEqualTo(fields(Server.class));
        assertThat(names(route)).isEqualTo(fields(Route.class));
        assertThat(names(route.at("/action/contains"))).isEqualTo(fields(RouteAction.class));
        assertThat(names(route.at("/rules/contains"))).isEqualTo(fields(Rule.class));
        assertThat(names(returned.at("/running_tasks/contains"))).isEqualTo(fields(Task.class));
    }

    private static Set<String> names(JsonNode documented) {
        return documented.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    /** As Ansible writes them. */
    private static Set<String> fields(Class<? extends Record> shown) {
        return Stream.of(shown.getRecordComponents())
                .map(each -> each.getName().replaceAll("[A-Z]", "_$0").toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    @Test
    void theChangesNameEveryModuleUnderTheVersionOfTheCollection() {
        String version = yaml(Documentation.read("galaxy.yml")).path("version").textValue();
        JsonNode release = yaml(Documentation.read("changelogs/changelog.yaml"))
                .path("releases")
                .path(version);

        assertThat(release.path("modules"))
                .extracting(module -> module.path("name").textValue())
                .containsExactlyElementsOf(modules().toList());
        assertThat(release.path("changes").path("release_summary").textValue()).isNotBlank();
        assertThat(Documentation.read("CHANGELOG.md")).contains("## " + version);
    }

    /** Each version of ansible-test reads the file that is called as it is, and refuses one that says more than it must. */
    @ParameterizedTest
    @ValueSource(strings = {"2.14", "2.15", "2.16", "2.17", "2.18", "2.19", "2.20", "2.21", "2.22"})
    void everyVersionOfAnsiblesOwnTestIsToldWhatToIgnoreAndWhy(String version) {
        assertThat(Documentation.read("tests/sanity/ignore-" + version + ".txt").lines())
                .allMatch(line -> line.matches("\\S+ (shebang|action-plugin-docs) # .+"))
                .extracting(line -> line.split(" ")[0])
                .containsExactlyElementsOf(Stream.concat(
                                Stream.of("plugins/action/iplb.py"),
                                modules().map(module -> "plugins/modules/" + module))
                        .toList());
    }

    /** ansible-builder reads what to install from where this says. */
    @Test
    void anImageWithTheCollectionGetsAJava() {
        String system = yaml(Documentation.read("meta/execution-environment.yml"))
                .path("dependencies")
                .path("system")
                .textValue();

        assertThat(Documentation.read(system))
                .contains("default-jre-headless [platform:dpkg]", "java-21-openjdk-headless [platform:rpm]");
    }

    @Test
    void theGroupsHoldAllThatTakeWhatIsSharedInThem() {
        JsonNode groups = yaml(Documentation.read("meta/runtime.yml")).path("action_groups");

        assertThat(groups.path("iplb")).extracting(JsonNode::textValue).containsExactlyElementsOf(taking("service"));
        assertThat(groups.path("iplb")).extracting(JsonNode::textValue).containsExactlyElementsOf(taking("endpoint"));
        assertThat(groups.path("changes")).extracting(JsonNode::textValue).containsExactlyElementsOf(taking("record"));
    }

    /** The modules that take an option of that name. */
    private static List<String> taking(String option) {
        return modules()
                .filter(module -> ArgumentSpec.of(module)
                                .invocation(yaml(option + ": x"))
                                .path(option)
                                .isTextual()
                        || ArgumentSpec.of(module).invocation(yaml(option + ": x")).properties().stream()
                                .map(Map.Entry::getValue)
                                .anyMatch(value -> value.asText().equals("x")))
                .toList();
    }
}
