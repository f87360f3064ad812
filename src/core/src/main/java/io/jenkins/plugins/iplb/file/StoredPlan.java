package io.jenkins.plugins.iplb.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.operation.Configuration;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.run.Report;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A plan that somebody can agree to and have carried out later: the change file that it is of, and what it takes. It holds no
 * credentials and no secrets of the file, but all other values that the file was given.
 *
 * @param name what messages call the file
 * @param text what is in it
 * @param values that its placeholders stand for; not those of secrets
 * @param approved what is to change, by load balancer
 */
public record StoredPlan(String name, String text, Map<String, String> values, Map<String, JsonNode> approved) {
    private static final String FORMAT = "iplb-plan/1";

    /** Reads a file, and remembers which values it was given. */
    public static final class Drawing {
        private final String name;
        private final String text;
        private final Map<String, String> used = new TreeMap<>();
        private final ChangeFile file;

        /** @throws BadFile as {@link ChangeFile#read} */
        public Drawing(String name, String text, Function<String, Optional<String>> values) {
            this(name, text, values, UnaryOperator.identity());
        }

        /** The same, where load balancers have names of their own. @param services what OVH calls the one of a name */
        public Drawing(
                String name, String text, Function<String, Optional<String>> values, UnaryOperator<String> services) {
            this.name = name;
            this.text = text;
            this.file = ChangeFile.read(
                    name,
                    text,
                    asked -> {
                        Optional<String> value = values.apply(asked);
                        value.ifPresent(known -> used.put(asked, known));
                        return value;
                    },
                    services);
        }

        public ChangeFile file() {
            return file;
        }

        /** @param plans of its load balancers */
        public StoredPlan plan(List<Report> plans) {
            Map<String, String> known = new TreeMap<>(used);
            known.keySet().removeAll(file.secrets());
            return new StoredPlan(name, text, known, Map.of()).of(plans);
        }
    }

    /** The same, of what was planned. @param plans of its load balancers */
    public StoredPlan of(List<Report> plans) {
        Map<String, JsonNode> changes = new TreeMap<>();
        plans.forEach(plan -> changes.put(plan.service(), plan.result().path(Configuration.CHANGES)));
        return new StoredPlan(name, text, values, changes);
    }

    /** Whether it looks like one, and not like a change file. */
    public static boolean isOne(String text) {
        return text.stripLeading().startsWith("{") && text.contains(FORMAT);
    }

    /** @param name what messages call it @throws InvalidInput for what is none */
    public static StoredPlan parse(String name, String text) {
        try {
            JsonNode json = Json.MAPPER.readTree(text);
            if (!FORMAT.equals(json.path("format").asText())) {
                throw new InvalidInput("plan", name, "a plan that was stored by plan");
            }
            Map<String, String> values = new TreeMap<>();
            json.path("values")
                    .properties()
                    .forEach(each -> values.put(each.getKey(), each.getValue().asText()));
            Map<String, JsonNode> approved = new TreeMap<>();
            json.path("approved").properties().forEach(each -> approved.put(each.getKey(), each.getValue()));
            return new StoredPlan(json.path("file").asText(), json.path("text").asText(), values, approved);
        } catch (JsonProcessingException e) {
            throw new InvalidInput("plan", name, "a plan that was stored by plan, whole");
        }
    }

    public ObjectNode json() {
        return Fields.none()
                .with("format", FORMAT)
                .with("file", name)
                .with("text", text)
                .with("values", values)
                .with("approved", approved)
                .json();
    }

    /**
     * Its file again, with the values that it was given.
     *
     * @param secrets what stands for a secret is asked for again
     * @param services what OVH calls the load balancer of a name
     */
    public Drawing drawnAgain(Function<String, Optional<String>> secrets, UnaryOperator<String> services) {
        return new Drawing(
                name, text, asked -> Optional.ofNullable(values.get(asked)).or(() -> secrets.apply(asked)), services);
    }

    /**
     * What carries out what it says of one load balancer: exactly what was planned, or nothing.
     *
     * @param secrets what stands for a secret in its file
     * @param services what OVH calls the load balancer of a name
     * @throws InvalidInput when nobody has agreed to anything about it
     */
    public Operation.Configuring operation(
            String service,
            Function<String, Optional<String>> secrets,
            UnaryOperator<String> services,
            boolean refresh) {
        JsonNode agreed = approved.get(service);
        if (agreed == null) {
            throw new InvalidInput("plan", String.join(", ", approved.keySet()), "a plan of " + service);
        }
        return drawnAgain(secrets, services)
                .file()
                .of(service)
                .operation(refresh)
                .approved(agreed);
    }

    /** What carries it out: exactly what was planned, or nothing. @param secrets what stands for a secret in its file */
    public List<Operation.Configuring> operations(Function<String, Optional<String>> secrets, boolean refresh) {
        return drawnAgain(secrets, UnaryOperator.identity()).file().loadBalancers().stream()
                .map(state -> operation(state.service(), secrets, UnaryOperator.identity(), refresh))
                .toList();
    }
}
