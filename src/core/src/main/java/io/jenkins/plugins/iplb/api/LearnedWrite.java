package io.jenkins.plugins.iplb.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Does to what was read what a write does at OVH. What was not read yet stays unread. */
final class LearnedWrite {
    private static final String RULES = "rules";
    private static final String FARMS = "farmId";

    private final Map<String, Object> read;
    private final ApiCall write;
    private final List<String> path;
    private final boolean isOfOne;

    /** What lists hold. */
    private enum Kind {
        FRONTEND("frontend", "frontendId", Frontend.class),
        FARM("farm", "farmId", Farm.class, "server"),
        SERVER("server", "serverId", Server.class),
        ROUTE("route", "routeId", Route.class, "rule"),
        RULE("rule", "ruleId", Rule.class),
        CERTIFICATE("ssl", "id", Certificate.class),
        NETWORK("network", "vrackNetworkId", VrackNetwork.class),
        LOAD_BALANCER("", "serviceName", LoadBalancer.class);

        private final String list;
        private final String id;
        private final Class<?> type;
        private final List<String> parts;

        Kind(String list, String id, Class<?> type, String... parts) {
            this.list = list;
            this.id = id;
            this.type = type;
            this.parts = List.of(parts);
        }

        private static Optional<Kind> of(String list) {
            return Arrays.stream(values())
                    .filter(kind -> kind.list.equals(list))
                    .findFirst();
        }

        private Object object(ObjectNode json) {
            try {
                return Json.MAPPER.treeToValue(json, type);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a plan makes no " + type.getSimpleName(), e);
            }
        }
    }

    /** @param read lists and objects by their paths below the load balancer */
    LearnedWrite(Map<String, Object> read, ApiCall write) {
        this.read = read;
        this.write = write;
        this.path = write.path().subList(2, write.path().size());
        this.isOfOne = !path.isEmpty() && path.get(path.size() - 1).matches("-?\\d+");
    }

    /** @param made the id of what a POST makes */
    void happens(Optional<Long> made) {
        if (path.isEmpty()) {
            read.computeIfPresent(
                    "", (key, known) -> Kind.LOAD_BALANCER.object(json(known).setAll(body())));
            return;
        }
        if (path.get(path.size() - 1).equals("updateFarmId")) {
            inNetwork(Long.parseLong(path.get(path.size() - 2)));
            return;
        }
        List<String> list = isOfOne ? path.subList(0, path.size() - 1) : path;
        Kind.of(list.get(list.size() - 1)).ifPresent(kind -> happens(kind, list, made));
    }

    private void happens(Kind kind, List<String> list, Optional<Long> made) {
        String key = String.join("/", list);
        long id = made.orElseGet(() -> isOfOne ? Long.parseLong(path.get(path.size() - 1)) : 0);
        if (read.get(key) instanceof List<?> known) {
            read.put(key, inList(kind, known, id));
        }
        String one = key + "/" + id;
        if (write.method() == ApiCall.Method.PUT) {
            read.computeIfPresent(one, (path, known) -> altered(kind, known));
        }
        if (write.method() == ApiCall.Method.POST) {
            kind.parts.forEach(part -> read.put(one + "/" + part, List.of()));
        } else if (write.method() == ApiCall.Method.DELETE) {
            read.keySet().removeIf(each -> each.equals(one) || each.startsWith(one + "/"));
        }
        if (kind == Kind.RULE) {
            inRoute(list, id);
        } else if (kind == Kind.NETWORK) {
            inNetwork(id);
        } else if (kind == Kind.FARM) {
            aroundFarm(list.get(0), id);
        }
    }

    private void inNetwork(long network) {
        JsonNode farms = field(FARMS);
        if (farms.isArray()) {
            List<Long> ids = new ArrayList<>();
            farms.forEach(each -> ids.add(each.longValue()));
            new NetworkFarms(read).inside(network, ids);
        }
    }

    private void aroundFarm(String protocol, long id) {
        JsonNode network = field("vrackNetworkId");
        if (write.method() == ApiCall.Method.DELETE || !network.isMissingNode()) {
            new NetworkFarms(read)
                    .around(
                            new VrackNetwork.Farm(id, protocol),
                            Optional.of(network).filter(JsonNode::isNumber).map(JsonNode::longValue));
        }
    }

    private JsonNode field(String name) {
        return write.body().map(body -> body.json().path(name)).orElseGet(MissingNode::getInstance);
    }

    private List<Object> inList(Kind kind, List<?> known, long id) {
        List<Object> all = new ArrayList<>();
        for (Object each : known) {
            boolean isMeant = json(each).path(kind.id).longValue() == id;
            if (!isMeant) {
                all.add(each);
            } else if (write.method() == ApiCall.Method.PUT) {
                all.add(altered(kind, each));
            }
        }
        if (write.method() == ApiCall.Method.POST) {
            all.add(kind.object(body().put(kind.id, id)));
        }
        return List.copyOf(all);
    }

    private Object altered(Kind kind, Object known) {
        return kind.object(json(known).setAll(body()));
    }

    /** Routes hold their rules too. @param list of the rules */
    private void inRoute(List<String> list, long ruleId) {
        long routeId = Long.parseLong(list.get(list.size() - 2));
        String routes = String.join("/", list.subList(0, list.size() - 2));
        UnaryOperator<Object> ruled = each -> {
            if (each instanceof Route route && route.routeId() == routeId) {
                ObjectNode json = json(route);
                ArrayNode rules = json.putArray(RULES);
                inList(Kind.RULE, route.rules(), ruleId).forEach(rule -> rules.add(json(rule)));
                return Kind.ROUTE.object(json);
            }
            return each;
        };
        if (read.get(routes) instanceof List<?> known) {
            read.put(routes, known.stream().<Object>map(ruled::apply).toList());
        }
    }

    /** Without the farms of a network, which a write names by their ids alone. */
    private ObjectNode body() {
        return write.body()
                .map(Fields::json)
                .map(ObjectNode::deepCopy)
                .orElseThrow()
                .without(FARMS);
    }

    private static ObjectNode json(Object known) {
        return Json.MAPPER.valueToTree(known);
    }
}
