package io.jenkins.plugins.iplb.storm;

import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.change.DedicateFailover;
import io.jenkins.plugins.iplb.change.EnsureFrontend;
import io.jenkins.plugins.iplb.change.EnsureRoute;
import io.jenkins.plugins.iplb.change.EnsureRule;
import io.jenkins.plugins.iplb.change.MoveFailover;
import io.jenkins.plugins.iplb.change.RouteTarget.ToFarm;
import io.jenkins.plugins.iplb.change.SetStickiness;
import io.jenkins.plugins.iplb.file.ChangeFile;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.testing.View;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a build wants of a load balancer. Builds want the same things, or the same thing differently: then the last one
 * has it its way.
 *
 * @param thing what it is about: whoever wants the same thing last gets it
 * @param zone where it counts, {@code all} for everywhere
 * @param rulesOf the route whose rules are these and no others; null when it leaves the others alone
 * @param facts how a {@link View} then shows it
 */
record Want(Operation.OnLoadBalancer operation, String thing, String zone, String rulesOf, Map<String, String> facts) {
    private static final String ALL = "all";

    private Want(Change change, String thing, String zone, String rulesOf, Map<String, String> facts) {
        this(Operation.of(change), thing, zone, rulesOf, facts);
    }

    /** What was there as the last one has made it, and then this. */
    SortedMap<String, String> in(SortedMap<String, String> before) {
        SortedMap<String, String> after = new TreeMap<>(before);
        if (rulesOf != null) {
            after.keySet().removeIf(key -> key.startsWith(rulesOf + " rule "));
        }
        after.putAll(facts);
        return after;
    }

    /** What there is to see of it, however often others want it differently. */
    List<String> things() {
        return facts.keySet().stream()
                .filter(key -> rulesOf == null && !key.contains("."))
                .toList();
    }

    boolean isMove() {
        return operation instanceof Operation.Changing changing && changing.change() instanceof MoveFailover;
    }

    boolean countsIn(String each) {
        return !isMove() && (zone.equals(ALL) || zone.equals(each));
    }

    static Want any(Random random, Site site) {
        int kind = random.nextInt(11);
        return switch (kind) {
            case 0, 1, 2 -> newRoute(random, site);
            case 3 -> rulelessRoute(random, site);
            case 4 -> routeWithOtherRules(random, site);
            case 5 -> rule(random, site);
            case 6 -> stickiness(random, site);
            case 7 -> frontend(random, site);
            case 8 -> dedication(random, site);
            case 9 -> file(random, site);
            default -> move(random, site);
        };
    }

    /** Its rules, and whether it has a name, go with its number. */
    private static Want newRoute(Random random, Site site) {
        int number = random.nextInt(8);
        boolean http = number % 2 == 1;
        String name = number < 6 ? "route-" + number : null;
        List<RuleSpec> rules = IntStream.rangeClosed(0, number % 3)
                .mapToObj(each -> host(http, "route-" + number + "-" + each))
                .toList();
        return route(site.service(), http, name, number, rules);
    }

    private static Want rulelessRoute(Random random, Site site) {
        int number = random.nextInt(2);
        return route(site.service(), false, "plain-" + number, 100 + number, List.of());
    }

    private static Want route(String service, boolean http, String name, int weight, List<RuleSpec> rules) {
        String key = (http ? "http" : "tcp") + "/route "
                + (name != null ? name : rules.stream().map(RuleSpec::toString).collect(Collectors.joining(", ")));
        Map<String, String> facts = new TreeMap<>();
        facts.put(key, "1");
        facts.put(key + ".frontend", http ? "http" : "https");
        facts.put(key + ".farm", http ? "h2" : "t2");
        facts.put(key + ".weight", Integer.toString(weight));
        rules.forEach(rule -> facts.put(key + " rule " + rule, "1"));
        Change change = new EnsureRoute(
                service,
                http ? Protocol.HTTP : Protocol.TCP,
                Optional.of(new Reference(http ? "http" : "https")),
                new ToFarm(new Reference(http ? "h2" : "t2")),
                Optional.of(weight),
                name,
                Optional.of(rules),
                Map.of());
        return new Want(change, key, ALL, null, facts);
    }

    /** All rules of a route that is there are replaced by others: up to all five of them at once. */
    private static Want routeWithOtherRules(Random random, Site site) {
        int variant = random.nextInt(4);
        List<RuleSpec> rules = IntStream.rangeClosed(variant, variant + random.nextInt(5))
                .mapToObj(each -> host(false, "mended-" + each))
                .toList();
        String key = "tcp/route mended";
        Map<String, String> facts = new TreeMap<>();
        rules.forEach(rule -> facts.put(key + " rule " + rule, "1"));
        Change change = new EnsureRoute(
                site.service(),
                Protocol.TCP,
                Optional.of(new Reference("https")),
                new ToFarm(new Reference("t2")),
                Optional.empty(),
                "mended",
                Optional.of(rules),
                Map.of());
        return new Want(change, key, ALL, key, facts);
    }

    private static Want rule(Random random, Site site) {
        RuleSpec rule = host(false, "added-" + random.nextInt(4));
        String key = "tcp/route seeded rule " + rule;
        Change change =
                new EnsureRule(site.service(), Protocol.TCP, new Reference("seeded"), Optional.empty(), rule, null);
        return new Want(change, key, ALL, null, Map.of(key, "1"));
    }

    private static Want stickiness(Random random, Site site) {
        boolean http = random.nextBoolean();
        List<String> modes = http ? List.of("cookie", "sourceIp", "none") : List.of("sourceIp", "none");
        String mode = modes.get(random.nextInt(modes.size()));
        String farm = (http ? "h" : "t") + (1 + random.nextInt(2));
        String key = (http ? "http" : "tcp") + "/farm " + farm + ".stickiness";
        Change change =
                new SetStickiness(site.service(), http ? Protocol.HTTP : Protocol.TCP, new Reference(farm), mode);
        return new Want(change, key, ALL, null, Map.of(key, mode.equals("none") ? "" : mode));
    }

    private static Want frontend(Random random, Site site) {
        int number = random.nextInt(3);
        String zone = List.of(ALL, "gra", "rbx").get(number);
        String farm = "t" + (1 + random.nextInt(2));
        String key = "tcp/frontend extra-" + number;
        Change change = new EnsureFrontend(
                site.service(),
                Protocol.TCP,
                Optional.empty(),
                Fields.none()
                        .with("port", Integer.toString(9000 + number))
                        .with("zone", zone)
                        .with("name", "extra-" + number)
                        .with("farm", farm));
        return new Want(
                change,
                key,
                zone,
                null,
                Map.of(
                        key,
                        "1",
                        key + ".port",
                        "" + (9000 + number),
                        key + ".zone",
                        zone,
                        key + ".farm",
                        farm,
                        key + ".ips",
                        ""));
    }

    /** One list is read ahead for it, and each of its parts needs the one before: so its calls come one after the other. */
    private static Want file(Random random, Site site) {
        String name = "file-" + random.nextInt(3);
        String stickiness = List.of("cookie", "sourceIp").get(random.nextInt(2));
        String farm = "http/farm " + name;
        Operation.OnLoadBalancer operation = ChangeFile.read(
                        "iplb.yaml", """
                        loadBalancer: %s
                        http:
                          farms:
                            %s: {zone: all, port: 8080, stickiness: %s, servers: {'192.0.2.10:80': }}
                        """.formatted(site.service(), name, stickiness), each -> Optional.empty())
                .loadBalancers()
                .get(0)
                .operation(false);
        return new Want(
                operation,
                farm,
                ALL,
                null,
                Map.of(farm, "1", farm + ".stickiness", stickiness, farm + " server 192.0.2.10:80", "1"));
    }

    private static Want dedication(Random random, Site site) {
        List<String> ips =
                site.attachedIps().subList(0, random.nextInt(site.attachedIps().size() + 1));
        String key = "tcp/frontend https.ips";
        Change change = new DedicateFailover(
                site.service(),
                Protocol.TCP,
                new Reference("https"),
                ips.stream().map(ip -> IpBlock.parse("ip", ip)).toList());
        return new Want(change, key, ALL, null, Map.of(key, String.join(", ", ips)));
    }

    private static Want move(Random random, Site site) {
        String ip = Site.MOVABLE_IPS.get(random.nextInt(Site.MOVABLE_IPS.size()));
        return new Want(
                new MoveFailover(IpBlock.parse("ip", ip), site.service()),
                "ip " + ip,
                ALL,
                null,
                Map.of("ip " + ip, site.service()));
    }

    private static RuleSpec host(boolean http, String name) {
        return new RuleSpec(http ? "host" : "sni", null, "is", false, name + ".shop.example");
    }
}
