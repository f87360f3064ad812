package io.jenkins.plugins.iplb.testing;

import io.jenkins.plugins.iplb.sandbox.world.Item;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A configuration as one flat map without ids, so that it can be compared with what was wished for: how often each thing
 * is there, by its name, and what it is like.
 */
public final class View {
    private final Function<String, List<Item>> items;
    private final SortedMap<String, String> facts = new TreeMap<>();

    private View(Function<String, List<Item>> items) {
        this.items = items;
    }

    /** @param items of a kind such as {@code tcp/farm} */
    public static SortedMap<String, String> of(Function<String, List<Item>> items) {
        View view = new View(items);
        List.of("tcp", "http").forEach(view::look);
        return view.facts;
    }

    private void look(String protocol) {
        items.apply(protocol + "/farm").forEach(farm -> {
            String key = thing(protocol + "/farm", farm.text("displayName"));
            facts.put(key + ".stickiness", farm.text("stickiness"));
            items.apply(protocol + "/server").stream()
                    .filter(server -> server.parent() == farm.id())
                    .forEach(server -> thing(key + " server", server.text("address") + ":" + server.text("port")));
        });
        items.apply(protocol + "/frontend").forEach(frontend -> {
            String key = thing(protocol + "/frontend", frontend.text("displayName"));
            facts.put(key + ".port", frontend.text("port"));
            facts.put(key + ".zone", frontend.text("zone"));
            facts.put(key + ".farm", farm(protocol, frontend.reference("defaultFarmId")));
            facts.put(key + ".ips", ips(frontend));
        });
        items.apply(protocol + "/route").forEach(route -> look(protocol, route));
    }

    private void look(String protocol, Item route) {
        List<String> rules = items.apply(protocol + "/rule").stream()
                .filter(rule -> rule.parent() == route.id())
                .map(View::rule)
                .sorted()
                .toList();
        String name = route.text("displayName").isEmpty() ? String.join(", ", rules) : route.text("displayName");
        String key = thing(protocol + "/route", name);
        facts.put(key + ".frontend", name(protocol + "/frontend", route.reference("frontendId")));
        facts.put(key + ".farm", farm(protocol, route.targetFarm()));
        facts.put(key + ".weight", route.text("weight"));
        rules.forEach(rule -> thing(key + " rule", rule));
    }

    /** Counts it. */
    private String thing(String kind, String name) {
        String key = kind + " " + name;
        facts.merge(key, "1", (before, one) -> Integer.toString(Integer.parseInt(before) + 1));
        return key;
    }

    private String farm(String protocol, long id) {
        return name(protocol + "/farm", id);
    }

    private String name(String kind, long id) {
        return items.apply(kind).stream()
                .filter(item -> item.id() == id)
                .map(item -> item.text("displayName"))
                .findFirst()
                .orElse("none");
    }

    private static String ips(Item frontend) {
        return StreamSupport.stream(frontend.fields().path("dedicatedIpfo").spliterator(), false)
                .map(ip -> ip.asText())
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String rule(Item rule) {
        return "%s%s %s %s"
                .formatted(
                        rule.text("field"),
                        rule.flag("negate") ? " not" : "",
                        rule.text("match"),
                        rule.text("pattern"));
    }
}
