package io.jenkins.plugins.iplb.sandbox.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The form in which api.ovh.com serves its description (Swagger 1.2 with OVH's own types), as an OpenAPI 3.0 document. */
final class Swagger {
    private static final Map<String, String> FORMATS =
            Map.of("datetime", "date-time", "date", "date", "uuid", "uuid", "ipv4", "ipv4", "ipv6", "ipv6");

    private final JsonNode models;
    private final ObjectNode document = Json.object().put("openapi", "3.0.0");

    private Swagger(JsonNode description) {
        models = description.path("models");
        ObjectNode schemas = document.putObject("components").putObject("schemas");
        models.properties().forEach(model -> schemas.set(model.getKey(), model(model.getValue())));
        ObjectNode paths = document.putObject("paths");
        description.path("apis").forEach(api -> {
            ObjectNode path = paths.withObjectProperty(api.path("path").asText());
            api.path("operations")
                    .forEach(each -> path.set(
                            each.path("httpMethod").asText().toLowerCase(Locale.ROOT),
                            operation(api.path("path").asText(), each, description.path("apis"))));
        });
    }

    static JsonNode asOpenApi(JsonNode description) {
        return new Swagger(description).document;
    }

    private ObjectNode model(JsonNode model) {
        if (model.has("enum")) {
            return enumeration(model);
        }
        ObjectNode schema = Json.object();
        ObjectNode properties = schema.put("type", "object").putObject("properties");
        model.path("properties").properties().forEach(each -> {
            JsonNode property = each.getValue();
            ObjectNode type = type(property.path("type").asText());
            boolean nullable = property.path("canBeNull").asBoolean();
            ObjectNode whole = nullable ? orNull(type) : type;
            properties.set(
                    each.getKey(),
                    property.path("readOnly").asBoolean() && !whole.has("$ref") ? whole.put("readOnly", true) : whole);
        });
        return schema;
    }

    /** Numbers too are written as texts there. */
    private static ObjectNode enumeration(JsonNode model) {
        boolean numbers = model.path("enumType").asText().equals("long");
        ObjectNode schema = Json.object().put("type", numbers ? "integer" : "string");
        ArrayNode values = schema.putArray("enum");
        model.path("enum").forEach(each -> {
            if (numbers) {
                values.add(each.asLong());
            } else {
                values.add(each.asText());
            }
        });
        return schema;
    }

    private static ObjectNode orNull(ObjectNode type) {
        if (!type.has("$ref")) {
            return type.put("nullable", true);
        }
        ObjectNode either = Json.object().put("nullable", true);
        either.putArray("anyOf")
                .add(type)
                .addObject()
                .put("nullable", true)
                .putArray("enum")
                .addNull();
        return either;
    }

    private ObjectNode type(String name) {
        if (name.endsWith("[]")) {
            ObjectNode array = Json.object().put("type", "array");
            return array.set("items", type(name.substring(0, name.length() - 2)));
        }
        if (models.has(name) && !name.contains("<")) {
            return Json.object().put("$ref", "#/components/schemas/" + name);
        }
        ObjectNode type = Json.object();
        switch (name) {
            case "long" -> type.put("type", "integer");
            case "boolean" -> type.put("type", "boolean");
            default -> {
                // What has parameters of its own is left open.
                if (!name.contains("[") && !name.contains("<") && !name.equals("T")) {
                    type.put("type", "string");
                }
            }
        }
        return FORMATS.containsKey(name) ? type.put("format", FORMATS.get(name)) : type;
    }

    private ObjectNode operation(String path, JsonNode given, JsonNode apis) {
        ObjectNode operation = Json.object();
        for (JsonNode parameter : given.path("parameters")) {
            ObjectNode type = type(parameter.path("dataType").asText());
            String place = parameter.path("paramType").asText();
            if (!place.equals("body")) {
                operation
                        .withArrayProperty("parameters")
                        .addObject()
                        .put("in", place)
                        .put("name", parameter.path("name").asText())
                        .set("schema", type);
            } else if (parameter.has("name")) {
                ObjectNode body = body(operation).put("type", "object").put("additionalProperties", false);
                body.withObjectProperty("properties").set(parameter.path("name").asText(), type);
                if (parameter.path("required").asBoolean()) {
                    body.withArrayProperty("required")
                            .add(parameter.path("name").asText());
                }
            } else {
                body(operation).setAll(type);
            }
        }
        String answer = given.path("responseType").asText();
        if (!answer.equals("void")) {
            operation.withObject("/responses/200/content/application~1json").set("schema", type(answer));
        }
        element(path, apis).ifPresent(type -> operation.put("x-expanded-response", camelCased(type)));
        return operation;
    }

    private static ObjectNode body(ObjectNode operation) {
        return operation.withObject("/requestBody/content/application~1json/schema");
    }

    /** What a list of ids is a list of. */
    private static Optional<String> element(String path, JsonNode apis) {
        for (JsonNode api : apis) {
            String other = api.path("path").asText();
            if (other.startsWith(path + "/{") && other.indexOf('/', path.length() + 1) < 0) {
                for (JsonNode operation : api.path("operations")) {
                    if (operation.path("httpMethod").asText().equals("GET")) {
                        return Optional.of(operation.path("responseType").asText());
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static String camelCased(String name) {
        return Arrays.stream(name.split("\\."))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }
}
