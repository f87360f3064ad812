package io.jenkins.plugins.iplb.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.ansible.module.IplbModule;
import io.jenkins.plugins.iplb.ansible.module.Meaning;
import io.jenkins.plugins.iplb.ansible.spec.ArgumentSpec;
import io.jenkins.plugins.iplb.ansible.spec.Names;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.Choice;
import io.jenkins.plugins.iplb.parameter.Flag;
import io.jenkins.plugins.iplb.parameter.ListOf;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Probe;
import io.jenkins.plugins.iplb.parameter.RuleValue;
import io.jenkins.plugins.iplb.parameter.Value;
import io.jenkins.plugins.iplb.parameter.Values;
import io.jenkins.plugins.iplb.parameter.WholeNumber;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documentation, which modules are checked by, says what the catalogue says: parameter for parameter. */
class CatalogueTest {
    /** What a module takes beside the parameters of its operations. */
    private static final Set<String> OWN = Set.of(
            "state",
            "record",
            "timeout",
            "endpoint",
            "application_key",
            "application_secret",
            "consumer_key",
            "client_id",
            "client_secret",
            "access_token");

    static Stream<String> modules() {
        return Documentation.modules();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyParameterIsDocumentedAsItIsDeclared(String module) {
        JsonNode documented = spec(module);

        parameters(module).forEach((option, parameter) -> {
            JsonNode spec = documented.path(option);
            assertThat(spec.isMissingNode()).as(option).isFalse();
            assertDocumented(option, parameter, spec);
            assertThat(spec.path("required").asBoolean())
                    .as(option + ": required")
                    .isEqualTo(isNeeded(module, option));
        });
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyOptionIsAParameter(String module) {
        Set<String> options = new TreeSet<>();
        spec(module).fieldNames().forEachRemaining(options::add);
        options.removeAll(OWN);

        assertThat(options).isEqualTo(new TreeSet<>(parameters(module).keySet()));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void rangesAndProtocolsAreTold(String module) {
        JsonNode options = Documentation.of(module).all().path("DOCUMENTATION").path("options");

        parameters(module).forEach((option, parameter) -> {
            String description = options.path(option).path("description").toString();
            if (parameter.value() instanceof WholeNumber number
                    && number.allowed().matches("\\d+ to \\d+")) {
                assertThat(description).as(option).contains(Long.toString(number.min()), Long.toString(number.max()));
            }
            Set<Protocol> all = IplbModule.named(module).present().operation().protocols();
            if (!parameter.protocols().containsAll(all)) {
                assertThat(description).as(option).containsAnyOf("C(http)", "C(udp)");
            }
        });
    }

    private static void assertDocumented(String option, Parameter parameter, JsonNode spec) {
        Value value = parameter.value();
        assertThat(spec.path("type").asText("str")).as(option + ": type").isEqualTo(type(value));
        assertThat(texts(spec.path("choices")))
                .as(option + ": choices")
                .isEqualTo(value instanceof Choice ? value.choices() : List.of());
        if (value instanceof ListOf list && value != Values.ASSIGNMENTS) {
            assertThat(spec.path("elements").asText()).as(option).isEqualTo(type(list.element()));
        }
        parameter
                .preset()
                .ifPresent(preset ->
                        assertThat(spec.path("default").asBoolean()).as(option).isEqualTo(preset));
        parts(value).forEach(part -> {
            JsonNode suboption = spec.path("suboptions").path(Names.snakeCased(part.name()));
            assertThat(suboption.isMissingNode()).as(option + "." + part.name()).isFalse();
            assertThat(suboption.path("type").asText("str")).as(part.name()).isEqualTo(type(part.value()));
            assertThat(texts(suboption.path("choices")))
                    .as(part.name())
                    .isEqualTo(
                            part.value() instanceof Choice choice
                                    ? choice.choices().stream()
                                            .filter(word -> !word.equals(Parameter.NONE))
                                            .toList()
                                    : List.of());
            assertThat(suboption.path("required").asBoolean()).as(part.name()).isEqualTo(part.isNeeded());
        });
        assertThat(spec.path("suboptions").size())
                .as(option)
                .isEqualTo(parts(value).size());
    }

    private static List<Parameter> parts(Value value) {
        if (value instanceof Probe) {
            return Probe.parameters();
        }
        return value instanceof ListOf list && list.element() instanceof RuleValue rule ? rule.parts() : List.of();
    }

    private static String type(Value value) {
        if (value instanceof Flag) {
            return "bool";
        }
        if (value instanceof WholeNumber) {
            return "int";
        }
        if (value == Values.ASSIGNMENTS) {
            return "dict";
        }
        if (value instanceof ListOf) {
            return "list";
        }
        if (value instanceof Probe || value instanceof RuleValue) {
            return "dict";
        }
        return value == Values.FILE ? "path" : "str";
    }

    /** The parameters of a module's operations, by its options. */
    private static Map<String, Parameter> parameters(String module) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        IplbModule meant = IplbModule.named(module);
        Stream.of(meant.present(), meant.absent())
                .filter(meaning -> meaning != null)
                .forEach(meaning -> meaning.operation()
                        .parameters()
                        .forEach(parameter -> meaning.option(parameter)
                                .ifPresent(option -> parameters.putIfAbsent(option, parameter))));
        return parameters;
    }

    /** Whatever the state. */
    private static boolean isNeeded(String module, String option) {
        IplbModule meant = IplbModule.named(module);
        return Stream.of(meant.present(), meant.absent())
                .filter(meaning -> meaning != null)
                .allMatch(meaning -> isNeeded(meaning, option));
    }

    private static boolean isNeeded(Meaning meaning, String option) {
        return meaning.operation().parameters().stream()
                .filter(Parameter::isNeeded)
                .anyMatch(parameter ->
                        meaning.option(parameter).filter(option::equals).isPresent());
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.toList());
    }

    /** As the build makes it of the documentation, with the options that modules share. */
    private static JsonNode spec(String module) {
        try (InputStream spec = ArgumentSpec.class.getResourceAsStream(module + ".json")) {
            return Json.MAPPER.readTree(spec);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
