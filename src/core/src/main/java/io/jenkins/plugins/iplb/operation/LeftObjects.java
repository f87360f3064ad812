package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How records have left the objects of a load balancer. Of several entries about one object the last one counts. */
final class LeftObjects {
    private static final String RULES = "rules";

    private final Map<String, LeftObject> objects = new LinkedHashMap<>();
    private final List<String> unclear = new ArrayList<>();

    /** @param entries of whichever order */
    LeftObjects(List<RecordedEntry> entries) {
        entries.stream()
                .filter(Rollback::hadEffect)
                .sorted(Comparator.comparing(RecordedEntry::lastMoment))
                .flatMap(RecordedKind::each)
                .forEach(this::take);
    }

    /** By their kinds and names, whichever was changed first. */
    List<LeftObject> all() {
        return objects.values().stream()
                .sorted(Comparator.comparing(LeftObject::kind).thenComparing(left -> String.valueOf(left.name())))
                .toList();
    }

    /** Entries that did not come to their end, by what they say: what they have left is not known. */
    List<String> unclear() {
        return List.copyOf(unclear);
    }

    private void take(RecordedEntry entry) {
        Optional<RecordedKind> kind = RecordedKind.of(entry);
        if (kind.isEmpty() || kind.get() == RecordedKind.CERTIFICATE) {
            entry.calls().stream().filter(RecordedCall::hadEffect).forEach(this::overwrite);
        }
        if (kind.isEmpty()) {
            return;
        }
        if (entry.result().isNull()) {
            unclear.add(entry.headline());
        } else if (kind.get() == RecordedKind.RULE && isOnLeftRoute(entry)) {
            intoRoute(entry);
        } else {
            LeftObject left = new LeftObject(kind.get(), entry.before(), entry.after(), entry);
            objects.put(kind.get().key(entry), left);
            if (left.isGone()) {
                objects.values().removeIf(other -> other.goesWith(left));
            }
        }
    }

    /** A certificate that takes the place of another becomes that of its frontends by the way. */
    private void overwrite(RecordedCall call) {
        String[] path = call.path().split("/");
        if (call.method().equals("DELETE")) {
            objects.remove(RecordedKind.CERTIFICATE.key("", "", path[path.length - 1]));
        }
        if (!call.method().equals("PUT") || path.length < 3 || call.body() == null) {
            return;
        }
        Stream.of(RecordedKind.FRONTEND, RecordedKind.FARM)
                .filter(kind -> kind.name().equalsIgnoreCase(path[path.length - 2]))
                .map(kind -> kind.key(path[path.length - 3], "", path[path.length - 1]))
                .forEach(key -> objects.computeIfPresent(
                        key,
                        (known, left) -> left.isGone()
                                ? left
                                : left.left(
                                        ((ObjectNode) left.object().deepCopy()).setAll((ObjectNode) call.body()),
                                        left.last())));
    }

    private static String routeOf(RecordedEntry rule) {
        return RecordedKind.ROUTE.key(
                rule.wanted().path("protocol").asText(),
                "",
                rule.result().path(RecordedKind.ROUTE.id).asText());
    }

    private boolean isOnLeftRoute(RecordedEntry rule) {
        LeftObject route = objects.get(routeOf(rule));
        return route != null && !route.isGone();
    }

    private void intoRoute(RecordedEntry entry) {
        LeftObject route = objects.get(routeOf(entry));
        ObjectNode whole = route.object().deepCopy();
        List<RuleSpec> before = new ArrayList<>();
        rules(entry.before()).forEach(rule -> before.add(RuleSpec.of(rule)));
        ArrayNode rules = Json.MAPPER.createArrayNode();
        whole.path(RULES).forEach(rule -> {
            if (!before.contains(RuleSpec.of(rule))) {
                rules.add(rule);
            }
        });
        if (!entry.after().isNull()) {
            rules.add(entry.after());
        }
        objects.put(routeOf(entry), route.left(whole.set(RULES, rules), entry));
    }

    /** Of a rule, or of all that were removed at once. */
    static Iterable<JsonNode> rules(JsonNode view) {
        return view.isNull() ? List.of() : view.has(RULES) ? view.path(RULES) : List.of(view);
    }
}
