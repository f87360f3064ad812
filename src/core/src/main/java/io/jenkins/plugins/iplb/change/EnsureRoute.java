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
import java.util.Optional;

/**
 * A route on a frontend, with its rules when they are given. It is the same route when it has the same name, if one is
 * given, or else does the same under the same rules.
 *
 * @param weight 0 to 255, evaluated in ascending order; empty when not mentioned
 * @param name null for none
 * @param rules exactly the rules it is to have, at most 5, all of which must match; empty when not mentioned
 */
public record EnsureRoute(
        String service,
        Protocol protocol,
        Reference frontend,
        RouteTarget target,
        Optional<Integer> weight,
        String name,
        Optional<List<RuleSpec>> rules)
        implements Change {

    /** Where it stands among the routes of its frontend. */
    public static final Parameter WEIGHT =
            Parameter.of("weight", Values.number(0, 255), "0 to 255; routes are evaluated in ascending order");

    public EnsureRoute {
        service = ServiceName.parse(service);
        Protocol.parse(protocol.code(), Protocol.HTTP, Protocol.TCP);
        target.check(protocol);
        name = Name.parse("name", name);
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
                .with("frontend", frontend.text())
                .with("target", target.wanted().json())
                .with("name", name)
                .withPresent("weight", weight);
        return fields.withPresent(
                "rules",
                rules.map(given ->
                        given.stream().map(rule -> rule.fields().json()).toList()));
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
        Frontend from = reader.frontend(protocol, frontend);
        return reader.apart(
                protocol,
                Reader.said(protocol, "frontend", from),
                from.zone(),
                reader.farm(protocol, to.farm(), from.zone()));
    }
}
