package io.jenkins.plugins.iplb.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.ApiReply;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.ovh.OvhException;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Reads whole objects of a list in as few calls as the server allows: expanded pages, else one batch, else one by one.
 */
final class Listing {
    /** Larger than any list of a load balancer with 50 routes, so that one page is all. */
    private static final int PAGE_SIZE = 1000;

    /** Ids of one batch, so that the URL stays short enough for every proxy. */
    private static final int BATCH_SIZE = 100;

    private final OvhSession ovh;

    Listing(OvhSession ovh) {
        this.ovh = ovh;
    }

    /** @param list a GET that answers ids, or objects to who asks for them */
    <T> List<T> objects(ApiCall list, Class<T> type) {
        List<JsonNode> elements = pages(list);
        boolean expanded = elements.stream().allMatch(JsonNode::isObject);
        List<JsonNode> objects = expanded ? elements : byId(list, elements);
        return objects.stream().map(node -> convert(list, node, type)).toList();
    }

    <T> T object(ApiCall call, Class<T> type) {
        return convert(call, ovh.send(call).body(), type);
    }

    /** Empty when there is no such object. */
    <T> Optional<T> find(ApiCall call, Class<T> type) {
        try {
            return Optional.of(object(call, type));
        } catch (OvhException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    List<String> texts(ApiCall call) {
        return elements(call, ovh.send(call).body()).stream()
                .map(JsonNode::asText)
                .toList();
    }

    /** The objects with these ids, which the list named; one that has gone meanwhile is left out. */
    List<JsonNode> byId(ApiCall list, List<JsonNode> ids) {
        List<JsonNode> objects = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += BATCH_SIZE) {
            List<JsonNode> some = ids.subList(from, Math.min(ids.size(), from + BATCH_SIZE));
            objects.addAll(some.size() == 1 ? oneByOne(list, some) : batch(list, some));
        }
        return objects;
    }

    private List<JsonNode> pages(ApiCall list) {
        List<JsonNode> elements = new ArrayList<>();
        int pages = 1;
        for (int page = 1; page <= pages; page++) {
            ApiReply reply = ovh.send(list.headers(Map.of(
                    "X-Pagination-Mode",
                    "CachedObjectList-Pages",
                    "X-Pagination-Size",
                    Integer.toString(PAGE_SIZE),
                    "X-Pagination-Number",
                    Integer.toString(page),
                    "Pragma",
                    "no-cache")));
            elements.addAll(elements(list, reply.body()));
            pages = reply.header("X-Pagination-Total").map(Listing::number).orElse(1);
        }
        return elements;
    }

    private List<JsonNode> batch(ApiCall list, List<JsonNode> ids) {
        String joined = ids.stream().map(JsonNode::asText).collect(Collectors.joining(","));
        JsonNode body;
        try {
            body = ovh.send(element(list, joined).headers(Map.of("X-Ovh-Batch", ",")))
                    .body();
        } catch (OvhException e) {
            if (e.kind() == FailureKind.REFUSED) {
                return oneByOne(list, ids);
            }
            throw e;
        }
        boolean batched = body.isArray()
                && StreamSupport.stream(body.spliterator(), false).allMatch(each -> each.has("key"));
        if (!batched) {
            return oneByOne(list, ids);
        }
        List<JsonNode> objects = new ArrayList<>();
        body.forEach(each -> {
            if (each.path("value").isObject()) {
                objects.add(each.path("value"));
            }
        });
        return objects;
    }

    private List<JsonNode> oneByOne(ApiCall list, List<JsonNode> ids) {
        List<JsonNode> objects = new ArrayList<>();
        for (JsonNode id : ids) {
            try {
                objects.add(ovh.send(element(list, id.asText())).body());
            } catch (OvhException e) {
                if (!e.isNotFound()) {
                    throw e;
                }
            }
        }
        return objects;
    }

    private static ApiCall element(ApiCall list, String id) {
        List<String> path = new ArrayList<>(list.path());
        path.add(id);
        return list.path(path).query(Map.of());
    }

    private static List<JsonNode> elements(ApiCall call, JsonNode body) {
        if (!body.isArray()) {
            throw unexpected(call, "a list", null);
        }
        return StreamSupport.stream(body.spliterator(), false).toList();
    }

    private static <T> T convert(ApiCall call, JsonNode node, Class<T> type) {
        try {
            return Json.MAPPER.treeToValue(node, type);
        } catch (JsonProcessingException e) {
            throw unexpected(call, "a " + type.getSimpleName(), e);
        }
    }

    private static IplbException unexpected(ApiCall call, String wanted, Throwable cause) {
        return new IplbException(FailureKind.UNAVAILABLE, "%s: the answer is not %s".formatted(call, wanted), cause);
    }

    private static int number(String text) {
        return text.chars().allMatch(Character::isDigit) && !text.isEmpty() && text.length() < 6
                ? Integer.parseInt(text)
                : 1;
    }
}
