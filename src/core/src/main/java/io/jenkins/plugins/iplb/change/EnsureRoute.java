package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.node.IntNode;
import io.jenkins.plugins.iplb.api.Frontend;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Name;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.parameter.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A route with its rules, when they are given. It is the same route when it has the same name, if one is given, or else
 * does the same under the same rules. Where a frontend is given it is on that one, and one that was on none is put there;
 * else it stays where it is, and a new one is on none, where no traffic meets it. Without a name and a frontend it is one
 * that is on none.
 *
 * @param weight 0 to 255, evaluated in ascending order; empty when not mentioned
 * @param name null for none
 * @param rules exactly the rules it is to have, at most 5, all of which must match; empty when not mentioned
 * @param ruleNames what rules are called, of those that have a name; the others keep theirs
 */
public record EnsureRoute(
        String service,
        Protocol protocol,
        Optional<Reference> frontend,
        RouteTarget target,
        Optional<Integer> weight,
        String name,
        Optional<List<RuleSpec>> rules,
        Map<RuleSpec, String> ruleNames)
        implements Change {

    /** Where it stands among the routes of its frontend. */
    public static final Parameter WEIGHT =
            Parameter.of("weight", Values.number(0, 255), "0 to 255; routes are evaluated in ascending order");

    public EnsureRoute {
        service = ServiceName.parse(service);
        Protocol.parse(protocol.code(), Protocol.HTTP, Protocol.TCP);
        target.check(protocol);
        name = Name.parse("name", name);
        ruleNames = Map.copyOf(ruleNames);
        weight.ifPresent(given -> WEIGHT.check(IntNode.valueOf(given)));
        rules = rules.map(given -> given.stream().distinct().toList());
        rules.ifPresent(given -> {
            if (given.size() > RuleSpec.MOST_PER_ROUTE) {
                throw new InvalidInput(
                        "rules", given.size() + " rules", "at most %d on a route".formatted(RuleSpec.MOST_PER_ROUTE));
            }
            given.forEach(rule -> rule.check(protocol));
        });
    }

    @Override
    public String operation() {
        return "add-route";
    }

    @Override
    public Fields wanted() {
        Fields fields = Fields.none()
                .with("protocol", protocol.code())
                .withPresent("frontend", frontend.map(Reference::text))
                .withPresent("zone", zone())
                .with("target", target.wanted().json())
                .with("name", name)
                .withPresent("weight", weight);
        return fields.withPresent(
                "rules",
                rules.map(given -> given.stream()
                        .map(rule -> rule.fields().and(naming(rule)).json())
                        .toList()));
    }

    /** What gives a rule its name; nothing when it has none. */
    Fields naming(RuleSpec rule) {
        return Fields.none().withPresent("displayName", Optional.ofNullable(ruleNames.get(rule)));
    }

    /** The frontend that is meant, or else the one that the route of this name is on; empty when it is on none. */
    Optional<Frontend> place(Reader reader) {
        return frontend.map(meant -> reader.frontend(protocol, meant))
                .or(() -> reader.lb().routes(protocol).stream()
                        .filter(route -> name != null && name.equals(route.displayName()) && !route.isDetached())
                        .findFirst()
                        .map(route -> reader.lb().frontend(protocol, route.frontendId())));
    }

    /** Of the frontend, or else of the farm. */
    private Optional<String> zone() {
        Optional<Reference> farm = target instanceof RouteTarget.ToFarm to ? Optional.of(to.farm()) : Optional.empty();
        return frontend.or(() -> farm).flatMap(Reference::zone);
    }

    @Override
    public Plan plan(Reader reader) {
        return RoutePlanner.plan(this, reader);
    }

    @Override
    public List<String> warnings(Reader reader, Plan plan) {
        if (!(target instanceof RouteTarget.ToFarm to)) {
            return List.of();
        }
        return place(reader)
                .map(from -> reader.apart(
                        protocol,
                        Reader.said(protocol, "frontend", from),
                        from.zone(),
                        reader.farm(protocol, to.farm(), from.zone())))
                .orElse(List.of());
    }
}
