package io.jenkins.plugins.iplb.docs.pipeline;

import static io.jenkins.plugins.iplb.docs.pipeline.StepType.field;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.docs.pipeline.Computed.Kind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.operation.Arguments;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.Group;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.CertificateText;
import io.jenkins.plugins.iplb.parameter.Durations;
import io.jenkins.plugins.iplb.parameter.Flag;
import io.jenkins.plugins.iplb.parameter.ListOf;
import io.jenkins.plugins.iplb.parameter.LiveList;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Probe;
import io.jenkins.plugins.iplb.parameter.RuleValue;
import io.jenkins.plugins.iplb.parameter.Value;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call of a step with what it is given: values, or {@link Computed} ones.
 *
 * @param failures what a failure may make of the build
 */
record StepCall(StepType type, Map<String, Object> given, List<String> failures) {
    private static final String VALUES = "values";
    private static final String SOME = "loadbalancer-0123456789abcdef";

    /** A file of the controller is nothing to a build: it gives the text. */
    private static final String CA = "ca";

    /** @throws InvalidInput for what cannot be meant, as the plugin and the core say it */
    void check() {
        chosen();
        Fields known = arguments();
        Map<String, String> computed = new LinkedHashMap<>();
        Fields checked = Fields.none();
        for (Parameter each : type.parameters()) {
            JsonNode value = known.get(each.name());
            if (isGivenLater(each)) {
                computed.put(each.name(), "computed");
            } else if (value != null) {
                checked = checked.with(each.name(), type.operation().check(each, value, protocol(checked)));
            } else if (StepType.isNeeded(each)) {
                throw each.missing();
            }
        }
        for (Map.Entry<String, String> each : computed.entrySet()) {
            checked = checked.with(each.getKey(), each.getValue());
        }
        Arguments all = new Arguments(checked);
        for (Group group : type.operation().groups()) {
            group.check(all);
        }
        if (computed.isEmpty() && Catalogue.all().contains(type.operation())) {
            type.operation().operation(type.isOnLoadBalancer() ? onSome(known) : known);
        }
    }

    /** What it means beside its load balancer does not depend on which it is. */
    private Fields onSome(Fields known) {
        Fields all = known;
        for (Parameter each : type.operation().parameters()) {
            if (each.live().equals(Optional.of(LiveList.LOAD_BALANCERS))) {
                all = all.with(each.name(), SOME);
            } else if (all.get(each.name()) == null && each.isNeeded()) {
                all = all.with(each.name(), null);
            }
        }
        return all;
    }

    private boolean isGivenLater(Parameter parameter) {
        Object value = given.get(field(parameter));
        return value instanceof Computed
                || value != null
                        && (parameter.value().isSecret() || parameter.name().equals(CA));
    }

    /** By what it is told from others of one Pipeline. */
    String shape() {
        return type.name() + given.keySet();
    }

    /** What stands for itself, as arguments of the operation; what is computed is left out. */
    Fields arguments() {
        Fields fields = Fields.none();
        for (Map.Entry<String, Object> each : given.entrySet()) {
            String name = each.getKey();
            if (!type.fields().containsKey(name)) {
                throw Parameter.unknown(
                        name,
                        TextNode.valueOf(String.valueOf(each.getValue())),
                        type.name(),
                        type.fields().keySet().stream().sorted().toList());
            }
            Optional<Parameter> parameter = type.parameter(name);
            if (each.getValue() instanceof Computed value) {
                value.mustBe(
                        name,
                        kinds(parameter.map(Parameter::value), type.fields().get(name)));
            } else if (each.getValue() != null && parameter.isEmpty()) {
                common(name, each.getValue());
            } else if (each.getValue() != null) {
                Optional<JsonNode> value = json(parameter.get(), each.getValue());
                fields = fields.withPresent(parameter.get().name(), value);
            }
        }
        return fields;
    }

    private static Optional<Protocol> protocol(Fields checked) {
        return Optional.ofNullable(checked.get("protocol"))
                .filter(JsonNode::isTextual)
                .map(code -> Protocol.parse(code.textValue()));
    }

    private static Kind[] kinds(Optional<Value> value, String javaType) {
        if (javaType.equalsIgnoreCase("boolean")) {
            return new Kind[] {Kind.FLAG, Kind.TEXT};
        }
        if (value.filter(ListOf.class::isInstance).isPresent()) {
            return new Kind[] {Kind.LIST, Kind.TEXT, Kind.MAP};
        }
        return value.filter(each -> each instanceof Probe || each instanceof RuleValue)
                        .isPresent()
                ? new Kind[] {Kind.TEXT, Kind.MAP}
                : new Kind[] {Kind.TEXT};
    }

    /** A load balancer is named, or told by its service and the key to it. */
    private void chosen() {
        if (!type.isOnLoadBalancer()) {
            return;
        }
        Object named = given.get("loadBalancer");
        Object service = given.get(StepType.SERVICE);
        if (named != null && (service != null || given.get("credentialsId") != null)) {
            throw new InvalidInput(
                    "loadBalancer", String.valueOf(named), "either loadBalancer, or service and credentialsId");
        }
        if (named == null && service == null) {
            throw new InvalidInput("loadBalancer", null, "a named load balancer, or service and credentialsId");
        }
        if (named == null && given.get("credentialsId") == null) {
            throw new InvalidInput("credentialsId", null, "the id of OVHcloud API credentials");
        }
    }

    /** What all steps have, and no operation. */
    private void common(String name, Object value) {
        if (type.fields().get(name).equals("boolean")) {
            flag(name, value);
        } else if (!(value instanceof CharSequence) && !(value instanceof Number)) {
            throw new InvalidInput(name, value, "a text");
        } else if (name.equals("timeout")) {
            Durations.parse(name, value.toString());
        } else if (name.equals("onFailure") && !failures.contains(value.toString())) {
            throw new InvalidInput(name, value, String.join(", ", failures));
        }
    }

    private static JsonNode flag(String name, Object value) {
        return switch (value.toString()) {
            case "true" -> BooleanNode.TRUE;
            case "false" -> BooleanNode.FALSE;
            default -> throw new InvalidInput(name, value, "true, false");
        };
    }

    /** What the fields of the plugin make of it; empty for an empty text, which is not given. */
    private static Optional<JsonNode> json(Parameter parameter, Object value) {
        String name = parameter.name();
        if (parameter.value() instanceof Flag) {
            return Optional.of(flag(name, value));
        }
        if (value instanceof Map<?, ?> map && name.equals(VALUES)) {
            ArrayNode lines = Json.MAPPER.createArrayNode();
            map.forEach((key, each) -> lines.add(key + "=" + each));
            return Optional.of(lines);
        }
        if (value instanceof Collection<?> list && parameter.value() instanceof ListOf) {
            ArrayNode all = Json.MAPPER.createArrayNode();
            list.forEach(each -> all.add(part(name, parameter.value(), each)));
            return list.isEmpty() && !parameter.canBeReset() ? Optional.empty() : Optional.of(all);
        }
        if (value instanceof CharSequence text && text.toString().isBlank()) {
            return Optional.empty();
        }
        return Optional.of(part(name, parameter.value(), value));
    }

    private static JsonNode part(String name, Value kind, Object value) {
        boolean takesMaps = kind instanceof Probe || kind instanceof RuleValue || RuleValue.areRules(kind);
        if (value instanceof Map<?, ?> map && takesMaps) {
            return Json.MAPPER.valueToTree(map);
        }
        if (value instanceof CharSequence || value instanceof Number) {
            String text = value.toString();
            return TextNode.valueOf(kind instanceof CertificateText ? text : text.strip());
        }
        throw new InvalidInput(name, value, "a text");
    }
}
