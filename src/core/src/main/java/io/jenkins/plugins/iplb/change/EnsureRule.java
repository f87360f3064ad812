package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Rule;
import io.jenkins.plugins.iplb.api.ServiceCalls;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Name;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Subject;
import java.util.List;
import java.util.Optional;

/**
 * A rule on a route that is there. It is the same rule when it has the same name, if one is given, or else says the
 * same.
 *
 * @param frontend the only one that the route may be on; empty for any
 * @param name null for none
 */
public record EnsureRule(
        String service, Protocol protocol, Reference route, Optional<Reference> frontend, RuleSpec rule, String name)
        implements Change {

    public EnsureRule {
        service = ServiceName.parse(service);
        Protocol.parse(protocol.code(), Protocol.HTTP, Protocol.TCP);
        rule.check(protocol);
        name = Name.parse("name", name);
    }

    @Override
    public String operation() {
        return "add-rule";
    }

    @Override
    public Fields wanted() {
        return Fields.none()
                .with("protocol", protocol.code())
                .with("route", route.text())
                .withPresent("frontend", frontend.map(Reference::text))
                .withPresent("zone", route.zone())
                .with("rule", rule.fields().json())
                .with("name", name);
    }

    @Override
    public Plan plan(Reader reader) {
        long routeId = reader.route(protocol, route, frontend);
        Subject whole = reader.subject(Kind.ROUTE, protocol, routeId);
        List<Rule> rules = reader.lb().rules(protocol, routeId);
        Rule same = find(rules);
        ServiceCalls calls = new ServiceCalls(service);
        if (same == null) {
            if (rules.size() >= RuleSpec.MOST_PER_ROUTE) {
                throw new InvalidInput(
                        "rule",
                        rule.toString(),
                        "no more than %d rules on a route, and route %d has them already"
                                .formatted(RuleSpec.MOST_PER_ROUTE, routeId));
            }
            Fields fields = name == null ? rule.fields() : rule.fields().with("displayName", name);
            NewId ruleId = Plan.newObject("ruleId", Plan.ids(rules), other -> find(List.of((Rule) other)) != null);
            PlannedStep make =
                    PlannedStep.of(calls.createRule(protocol, routeId, fields)).creating(ruleId);
            return new Plan(
                    new About(
                            Effect.ADDED,
                            Subject.of(Kind.RULE, name == null ? rule.toString() : name)
                                    .in(whole)),
                    reader.lines(protocol)
                            .rule(null, rule)
                            .line("name", null, name)
                            .all(),
                    NullNode.instance,
                    view(rule, name),
                    List.of(make),
                    created -> Fields.none()
                            .withPresent("ruleId", created.find(ruleId))
                            .with("routeId", routeId)
                            .json());
        }
        ObjectNode result = Fields.none()
                .with("routeId", routeId)
                .with("ruleId", same.ruleId())
                .json();
        JsonNode before = view(RuleSpec.of(same), same.displayName());
        About about = new About(Effect.CHANGED, Subjects.of(Kind.RULE, same).in(whole));
        String called = name == null ? same.displayName() : name;
        Lines lines = reader.lines(protocol).rule(RuleSpec.of(same), rule).line("name", same.displayName(), called);
        boolean named = name == null || name.equals(same.displayName());
        if (named && rule.says(same)) {
            return new Plan(about, lines, before, before, List.of(), result);
        }
        Fields fields = rule.says(same) ? Fields.none() : rule.replacing();
        fields = named ? fields : fields.with("displayName", name);
        PlannedStep alter = PlannedStep.of(calls.updateRule(protocol, routeId, same.ruleId(), fields));
        return new Plan(about, lines, before, view(rule, called), List.of(alter), result);
    }

    private Rule find(List<Rule> rules) {
        List<Rule> named = rules.stream()
                .filter(each -> name != null && name.equals(each.displayName()))
                .toList();
        if (!named.isEmpty()) {
            return Reader.only("rule", name, named);
        }
        return rules.stream().filter(rule::says).findFirst().orElse(null);
    }

    private static ObjectNode view(RuleSpec rule, String name) {
        Fields fields = rule.replacing();
        return name == null ? fields.json() : fields.with("displayName", name).json();
    }
}
