package io.jenkins.plugins.iplb.ansible;

import static io.jenkins.plugins.iplb.ansible.ModuleRunner.yaml;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.ansible.module.IplbModule;
import io.jenkins.plugins.iplb.ansible.spec.ArgumentSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
            assertThatCode(() -> meant.work(spec.check(arguments, meant.constraints())))
                    .as(arguments.toString())
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyModuleRunsOnTheSharedRuntime(String module) {
        assertThat(yaml(Documentation.read("meta/runtime.yml"))
                        .path("plugin_routing")
                        .path("modules")
                        .path(module)
                        .path("action_plugin")
                        .textValue())
                .isEqualTo("ovhiplb.loadbalancer.iplb");
        assertThat(Documentation.COLLECTION.resolve("plugins/modules").resolve(module))
                .isSymbolicLink()
                .hasSameTextualContentAs(Documentation.COLLECTION.resolve("runtime/launcher.sh"));
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
