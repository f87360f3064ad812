package io.jenkins.plugins.iplb.sandbox.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import io.jenkins.plugins.iplb.sandbox.http.Paths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One OpenAPI 3.0 file: finds the operation of a call, and validates with its schemas. Keys it does not know are refused. */
final class ApiDescription {
    private final String iri;
    private final JsonNode document;
    private final SchemaRegistry registry;
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
    private final List<Operation> operations;

    /** {@code ipLoadbalancing.Task.Task} by {@code IpLoadbalancingTaskTask}. */
    private final Map<String, String> models;

    private ApiDescription(String iri, JsonNode document) {
        this.iri = iri;
        this.document = document;
        this.operations = document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(operation -> new Operation(path.getKey(), operation.getKey(), operation.getValue())))
                .toList();
        this.models = document.path("components").path("schemas").properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toMap(ApiDescription::inOneWord, Function.identity(), (first, second) -> first));
        SchemaRegistryConfig config =
                SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build();
        this.registry = SchemaRegistry.withDefaultDialect(
                Dialects.getOpenApi30(),
                builder -> builder.schemas(Map.of(iri, document.toString())).schemaRegistryConfig(config));
    }

    /** An OpenAPI 3.0 document, or one of Swagger 1.2 as api.ovh.com serves it. */
    static ApiDescription load(Path file) {
        JsonNode read = read(file);
        return of(file, read.has("openapi") ? read : Swagger.asOpenApi(read));
    }

    /**
     * An older description. What OVH has added since is no fault: a field that only the newer one has is taken over from
     * there, where it is judged. All else that the older one says holds.
     */
    static ApiDescription load(Path file, Path newer) {
        JsonNode document = read(file);
        JsonNode since = Swagger.asOpenApi(read(newer));
        addNews(
                document.path("components").path("schemas"),
                since.path("components").path("schemas"));
        since.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    String pointer = "/requestBody/content/application~1json/schema";
                    JsonNode older = document.path("paths").path(path.getKey()).path(operation.getKey());
                    addFields(older.at(pointer), operation.getValue().at(pointer));
                }));
        return of(file, document);
    }

    private static ApiDescription of(Path file, JsonNode document) {
        document.path("components").path("schemas").forEach(ApiDescription::close);
        return new ApiDescription("https://description.example/" + file.getFileName(), document);
    }

    private static JsonNode read(Path file) {
        try {
            return Json.MAPPER.readTree(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addNews(JsonNode schemas, JsonNode newer) {
        newer.properties().forEach(model -> {
            if (schemas.has(model.getKey())) {
                addFields(schemas.path(model.getKey()), model.getValue());
            } else {
                ((ObjectNode) schemas).set(model.getKey(), model.getValue().deepCopy());
            }
        });
    }

    private static void addFields(JsonNode schema, JsonNode newer) {
        if (schema.path("properties") instanceof ObjectNode known) {
            newer.path("properties").properties().stream()
                    .filter(field -> !known.has(field.getKey()))
                    .forEach(field -> known.set(field.getKey(), field.getValue().deepCopy()));
        }
    }

    Optional<Operation> find(String method, String rawPath) {
        List<String> called = Paths.segments(rawPath);
        return operations.stream()
                .filter(operation -> operation.method.equalsIgnoreCase(method) && operation.matches(called))
                .min(Comparator.comparingLong(Operation::variables));
    }

    /** What POST and PUT take in their bodies, by path. */
    Map<String, Set<String>> writable() {
        Map<String, Set<String>> writable = new TreeMap<>();
        document.path("paths")
                .properties()
                .forEach(path -> Stream.of("post", "put")
                        .map(method ->
                                path.getValue().at("/" + method + "/requestBody/content/application~1json/schema"))
                        .forEach(schema -> resolved(schema).path("properties").properties().stream()
                                .filter(field ->
                                        !field.getValue().path("readOnly").asBoolean())
                                .forEach(field -> writable.computeIfAbsent(path.getKey(), key -> new TreeSet<>())
                                        .add(field.getKey()))));
        return writable;
    }

    private JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.path("$ref").asText().substring(1)) : schema;
    }

    /** One method of one path. */
    final class Operation {
        private final List<String> template;
        private final String method;
        private final String pointer;
        private final JsonNode node;

        private Operation(String path, String method, JsonNode node) {
            this.template = Paths.segments(path);
            this.method = method;
            this.pointer = "/paths/" + escape(path) + "/" + method;
            this.node = node;
        }

        private boolean matches(List<String> called) {
            return template.size() == called.size()
                    && IntStream.range(0, called.size())
                            .allMatch(i -> isVariable(template.get(i))
                                    || template.get(i).equals(called.get(i)));
        }

        private long variables() {
            return template.stream().filter(Operation::isVariable).count();
        }

        private static boolean isVariable(String segment) {
            return segment.startsWith("{");
        }

        List<String> requestViolations(String rawPath, String query, JsonNode body) {
            List<String> violations = new ArrayList<>();
            Map<String, List<String>> given = Paths.parameters(query);
            given.keySet().stream()
                    .filter(name -> parameters("query")
                            .noneMatch(known -> known.getKey().equals(name)))
                    .forEach(name -> violations.add("the query parameter " + name + " does not exist"));
            parameters("query")
                    .filter(known -> given.containsKey(known.getKey()))
                    .forEach(known -> violations.addAll(
                            parameter(known, given.get(known.getKey()).get(0))));
            List<String> values = Paths.segments(rawPath);
            parameters("path")
                    .forEach(known -> violations.addAll(
                            parameter(known, Paths.decode(values.get(template.indexOf("{" + known.getKey() + "}"))))));
            if (node.has("requestBody")) {
                violations.addAll(validate(pointer + "/requestBody/content/application~1json/schema", body, true));
            } else if (!body.isEmpty()) {
                violations.add("the call takes no body");
            }
            return violations;
        }

        List<String> replyViolations(JsonNode reply, boolean expanded) {
            String schema = pointer + "/responses/200/content/application~1json/schema";
            if (document.at(schema).isMissingNode()) {
                return reply.isNull() || reply.isMissingNode() ? List.of() : List.of("the reply should be empty");
            }
            List<String> asKeys = validate(schema, reply, false);
            if (asKeys.isEmpty() || !expanded || !node.has("x-expanded-response")) {
                return asKeys;
            }
            String item = "/components/schemas/"
                    + models.get(node.path("x-expanded-response").asText());
            return StreamSupport.stream(reply.spliterator(), false)
                    .flatMap(object -> validate(item, object, false).stream())
                    .toList();
        }

        private Stream<Map.Entry<String, String>> parameters(String in) {
            List<Map.Entry<String, String>> found = new ArrayList<>();
            for (int i = 0; i < node.path("parameters").size(); i++) {
                JsonNode parameter = node.path("parameters").get(i);
                if (parameter.path("in").asText().equals(in)) {
                    found.add(Map.entry(parameter.path("name").asText(), pointer + "/parameters/" + i + "/schema"));
                }
            }
            return found.stream();
        }

        /** A parameter is text on the wire; the description may mean a number or a boolean by it. */
        private List<String> parameter(Map.Entry<String, String> known, String value) {
            boolean bare = value.matches("-?[0-9]{1,18}|true|false");
            if (bare && validate(known.getValue(), Json.parse(value), true).isEmpty()) {
                return List.of();
            }
            return validate(known.getValue(), Json.of(value), true).stream()
                    .map(violation -> "parameter " + known.getKey() + ": " + violation)
                    .toList();
        }
    }

    private List<String> validate(String pointer, JsonNode value, boolean request) {
        Schema schema = schemas.computeIfAbsent(
                pointer,
                at -> registry.getSchema(
                        SchemaLocation.of(iri + "#" + at.replace("{", "%7B").replace("}", "%7D"))));
        return schema
                .validate(
                        value.toString(),
                        InputFormat.JSON,
                        context -> context.executionConfig(config -> config.readOnly(request)))
                .stream()
                .map(Object::toString)
                .toList();
    }

    /** OVH's objects say nothing of further keys; a client that sends or a server that answers one is in error. */
    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
    }

    private static String inOneWord(String model) {
        return Arrays.stream(model.split("\\."))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    private static String escape(String template) {
        return template.replace("~", "~0").replace("/", "~1");
    }
}
