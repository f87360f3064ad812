package io.jenkins.plugins.iplb.ansible;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.ansible.module.IplbModule;
import io.jenkins.plugins.iplb.ansible.module.Meaning;
import io.jenkins.plugins.iplb.ansible.spec.Names;
import io.jenkins.plugins.iplb.faces.Face;
import io.jenkins.plugins.iplb.faces.FaceTable;
import io.jenkins.plugins.iplb.faces.FacesContract;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.ListOf;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Probe;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.parameter.RuleValue;
import io.jenkins.plugins.iplb.parameter.Value;
import io.jenkins.plugins.iplb.parameter.WholeNumber;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The modules against the core. */
class AnsibleFaceTest extends FacesContract {
    @Override
    protected Face face() {
        return new Modules();
    }

    /** A rule is its parts there. */
    @Override
    protected boolean canBeSaid(FaceTable.Asked asked) {
        return asked.operation().parameters().stream().allMatch(parameter -> {
            JsonNode value = asked.values().path(parameter.name());
            return parameter.value() instanceof RuleValue
                    ? value.isMissingNode() || value.isObject()
                    : !RuleValue.areRules(parameter.value())
                            || value.valueStream().allMatch(JsonNode::isObject);
        });
    }

    private static final class Modules implements Face {
        /** Operations of one field, which have no module of their own, and what that calls their object. */
        private static final Map<String, String> PART_OF =
                Map.of("set-stickiness", "iplb_farm", "dedicate-failover", "iplb_frontend");

        private static final Map<String, String> OBJECT =
                Map.of("set-stickiness", "farm", "dedicate-failover", "frontend");

        @Override
        public String name() {
            return "Ansible";
        }

        @Override
        public Optional<String> called(OperationType operation, Parameter parameter, JsonNode value) {
            return meaning(operation).option(parameter);
        }

        private static Meaning meaning(OperationType operation) {
            if (PART_OF.containsKey(operation.name())) {
                return new Meaning(operation, OBJECT.get(operation.name()), "name");
            }
            IplbModule module = IplbModule.named(module(operation));
            return isMeant(module.absent(), operation) ? module.absent() : module.present();
        }

        private static String module(OperationType operation) {
            return PART_OF.containsKey(operation.name())
                    ? PART_OF.get(operation.name())
                    : Documentation.modules()
                            .filter(name -> isMeant(IplbModule.named(name).present(), operation)
                                    || isMeant(IplbModule.named(name).absent(), operation))
                            .findFirst()
                            .orElseThrow();
        }

        private static boolean isMeant(Meaning meaning, OperationType operation) {
            return meaning != null && meaning.operation().equals(operation);
        }

        @Override
        public Optional<String> ask(
                Sandbox sandbox, TestClock clock, Path directory, OperationType operation, ObjectNode values) {
            ObjectNode arguments = Json.MAPPER.createObjectNode();
            if (!PART_OF.containsKey(operation.name())
                    && isMeant(IplbModule.named(module(operation)).absent(), operation)) {
                arguments.put("state", "absent");
            }
            for (Map.Entry<String, JsonNode> each : values.properties()) {
                Parameter parameter = operation.parameter(each.getKey());
                meaning(operation)
                        .option(parameter)
                        .ifPresentOrElse(
                                option -> arguments.set(option, value(parameter.value(), each.getValue())),
                                () -> arguments.setAll(said(parameter, each.getValue())));
            }
            ModuleRunner.Ran ran = new ModuleRunner(sandbox, clock, directory).run(module(operation), arguments, "");
            return ran.failed() ? Optional.of(ran.message()) : Optional.empty();
        }

        /**
         * Null is as good as not given: a number is reset by zero, a list and a dictionary by an empty one. Where zero is a
         * number like others, as of weights, nothing resets; what it would be then says the same.
         */
        private static JsonNode value(Value kind, JsonNode value) {
            boolean resets = value.isNull() || Parameter.NONE.equals(value.textValue());
            if (resets && kind instanceof WholeNumber number) {
                return Json.MAPPER.valueToTree(number.min() > 0 ? 0 : 1);
            }
            if (value.isNull()) {
                return kind instanceof ListOf ? Json.MAPPER.createArrayNode() : Json.MAPPER.valueToTree(Parameter.NONE);
            }
            if (kind instanceof Probe && value instanceof ObjectNode probe) {
                return renamed(probe);
            }
            if (RuleValue.areRules(kind) && value.isArray()) {
                ArrayNode rules = Json.MAPPER.createArrayNode();
                value.forEach(each -> rules.add(rule(each)));
                return rules;
            }
            return value;
        }

        /** A rule by its parts; and by a name alone a frontend is found as by what it is known by. */
        private static ObjectNode said(Parameter parameter, JsonNode value) {
            return parameter.value() instanceof RuleValue
                    ? rule(value)
                    : Json.MAPPER.createObjectNode().set(parameter.name(), value);
        }

        private static ObjectNode rule(JsonNode rule) {
            return renamed(
                    rule instanceof ObjectNode parts
                            ? parts
                            : RuleSpec.parse("rule", rule.textValue()).fields().json());
        }

        private static ObjectNode renamed(ObjectNode object) {
            ObjectNode renamed = Json.MAPPER.createObjectNode();
            object.properties().forEach(each -> renamed.set(Names.snakeCased(each.getKey()), each.getValue()));
            return renamed;
        }
    }
}
