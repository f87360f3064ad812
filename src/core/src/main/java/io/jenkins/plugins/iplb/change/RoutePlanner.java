package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Frontend;
import io.jenkins.plugins.iplb.api.Route;
import io.jenkins.plugins.iplb.api.RouteAction;
import io.jenkins.plugins.iplb.api.ServiceCalls;
import io.jenkins.plugins.iplb.change.RouteTarget.Redirect;
import io.jenkins.plugins.iplb.change.RouteTarget.Reject;
import io.jenkins.plugins.iplb.change.RouteTarget.ToFarm;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the route that is meant and what it lacks.
 *
 * <p>No refresh may catch a new route half-made: it is made detached, gets its rules, and is attached last. What a
 * crash left of that is found again, as a detached route that does the same and has none but the wanted rules.
 */
final class RoutePlanner {
    private final EnsureRoute change;
    private final ServiceCalls calls;
    private final List<Route> routes;
    private final Frontend frontend;
    private final long frontendId;
    private final Lines lines;
    private final RouteAction action;
    private final List<PlannedStep> steps = new ArrayList<>();
    private final List<NewId> newRules = new ArrayList<>();

    private RoutePlanner(EnsureRoute change, Reader reader) {
        this.change = change;
        this.calls = new ServiceCalls(change.service());
        this.routes = reader.lb().routes(change.protocol());
        this.frontend = reader.frontend(change.protocol(), change.frontend());
        this.frontendId = frontend.frontendId();
        this.lines = reader.lines(change.protocol());
        this.action = action(reader);
    }

    static Plan plan(EnsureRoute change, Reader reader) {
        return new RoutePlanner(change, reader).plan();
    }

    private Plan plan() {
        Route attached = attached();
        if (attached != null) {
            return mend(attached, Fields.none());
        }
        Route leftOver = leftOver();
        if (leftOver != null) {
            return mend(leftOver, Fields.none().with("frontendId", frontendId));
        }
        return make();
    }

    private Plan make() {
        Fields fields = Fields.none().with("action", action).withPresent("weight", change.weight());
        fields = change.name() == null ? fields : fields.with("displayName", change.name());
        List<RuleSpec> rules = change.rules().orElse(List.of());
        boolean staged = !rules.isEmpty();
        ApiCall post = calls.createRoute(change.protocol(), staged ? fields : fields.with("frontendId", frontendId));
        NewId routeId = Plan.newObject("routeId", Plan.ids(routes));
        steps.add(PlannedStep.of(post).creating(routeId));
        rules.forEach(rule -> addRule(routeId, rule, Set.of()));
        if (staged) {
            alter(routeId, Fields.none().with("frontendId", frontendId));
        }
        ObjectNode after = fields.with("frontendId", frontendId).json();
        after.set("rules", shown(rules.stream()));
        lines.frontend(null, frontendId)
                .action(null, action)
                .line("weight", null, change.weight().orElse(null))
                .line("name", null, change.name());
        rules.forEach(rule -> lines.rule(null, rule));
        return new Plan(
                about(Effect.ADDED, Subject.of(Kind.ROUTE, change.name())),
                lines.all(),
                NullNode.instance,
                after,
                steps,
                created -> Fields.none()
                        .withPresent("routeId", created.find(routeId))
                        .with("ruleIds", created.of(newRules))
                        .json());
    }

    private About about(Effect effect, Subject route) {
        return new About(effect, route.in(Subjects.of(Kind.FRONTEND, frontend)));
    }

    /** @param attachment what attaches it, for a route that is detached */
    private Plan mend(Route route, Fields attachment) {
        Map<Long, RuleSpec> standing = new LinkedHashMap<>();
        route.rules().forEach(rule -> standing.put(rule.ruleId(), RuleSpec.of(rule)));
        List<RuleSpec> added =
                change.rules().map(wanted -> mendRules(route, wanted, standing)).orElse(List.of());
        Fields fields = attachment;
        if (!does(route)) {
            fields = fields.with("action", action);
        }
        if (change.weight().isPresent() && change.weight().get() != route.weight()) {
            fields = fields.with("weight", change.weight().get());
        }
        if (!fields.isEmpty()) {
            alter(new ObjectId.Known(route.routeId()), fields);
        }
        lines.frontend(route.frontendId(), frontendId)
                .action(route.action(), does(route) ? route.action() : action)
                .line("weight", route.weight(), change.weight().orElse(route.weight()));
        route.rules().forEach(rule -> lines.rule(RuleSpec.of(rule), standing.get(rule.ruleId())));
        added.forEach(rule -> lines.rule(null, rule));
        JsonNode before = view(route);
        ObjectNode after = view(route).setAll(fields.json());
        after.set("rules", shown(Stream.concat(standing.values().stream(), added.stream())));
        List<Long> kept = List.copyOf(standing.keySet());
        return new Plan(
                about(Effect.CHANGED, Subjects.of(Kind.ROUTE, route)),
                lines.all(),
                before,
                after,
                steps,
                created -> Fields.none()
                        .with("routeId", route.routeId())
                        .with(
                                "ruleIds",
                                Stream.concat(kept.stream(), created.of(newRules).stream())
                                        .toList())
                        .json());
    }

    /**
     * Rules that are wanted stay. Of the others, one becomes the first new one, in one call; the rest of the new ones
     * is added before the rest of the old ones is removed. So at any moment in between the route matches no traffic
     * that it matches neither before nor after. Only where OVH's limit leaves no room for both are more rules rewritten.
     *
     * @param standing the rules of the route by id, made to what becomes of them
     * @return those that are added
     */
    private List<RuleSpec> mendRules(Route route, List<RuleSpec> wanted, Map<Long, RuleSpec> standing) {
        List<RuleSpec> missing = new ArrayList<>(wanted);
        List<Long> spare = new ArrayList<>();
        standing.forEach((id, rule) -> {
            if (!missing.remove(rule)) {
                spare.add(id);
            }
        });
        Set<Long> existing = Set.copyOf(standing.keySet());
        int room = RuleSpec.MOST_PER_ROUTE - existing.size();
        int rewritten = Math.min(spare.size(), Math.max(missing.size() - room, Math.min(1, missing.size())));
        List<RuleSpec> added = missing.subList(rewritten, missing.size());
        added.forEach(rule -> addRule(new ObjectId.Known(route.routeId()), rule, existing));
        for (int i = 0; i < spare.size(); i++) {
            long id = spare.get(i);
            if (i < rewritten) {
                RuleSpec rule = missing.get(i);
                standing.put(id, rule);
                steps.add(PlannedStep.of(calls.updateRule(change.protocol(), route.routeId(), id, rule.replacing())));
            } else {
                standing.remove(id);
                steps.add(PlannedStep.of(calls.deleteRule(change.protocol(), route.routeId(), id)));
            }
        }
        return added;
    }

    private void addRule(ObjectId routeId, RuleSpec rule, Set<Long> existing) {
        NewId ruleId = Plan.newObject("ruleId", existing);
        newRules.add(ruleId);
        steps.add(PlannedStep.of(
                        created -> calls.createRule(change.protocol(), created.of(routeId), rule.fields()), routeId)
                .creating(ruleId));
    }

    private void alter(ObjectId routeId, Fields fields) {
        steps.add(
                PlannedStep.of(created -> calls.updateRoute(change.protocol(), created.of(routeId), fields), routeId));
    }

    private Route attached() {
        List<Route> candidates =
                routes.stream().filter(route -> route.isOn(frontendId)).toList();
        if (change.name() != null) {
            List<Route> named = candidates.stream().filter(this::isNamed).toList();
            return named.isEmpty() ? null : Reader.only("route", change.name(), named);
        }
        List<Route> same = candidates.stream().filter(this::does).toList();
        if (change.rules().isPresent()) {
            return same.stream()
                    .filter(route ->
                            specs(route).equals(Set.copyOf(change.rules().get())))
                    .findFirst()
                    .orElse(null);
        }
        return same.isEmpty()
                ? null
                : Reader.single(
                        "route of frontend %d does this".formatted(frontendId), same, "give its name or its rules");
    }

    /** A route with rules that was staged and never attached. */
    private Route leftOver() {
        Set<RuleSpec> wanted = Set.copyOf(change.rules().orElse(List.of()));
        int weight = change.weight().orElse(0);
        return routes.stream()
                .filter(route -> !wanted.isEmpty() && route.isDetached())
                .filter(route -> isNamed(route) && does(route) && route.weight() == weight)
                .filter(route -> wanted.containsAll(specs(route)))
                .findFirst()
                .orElse(null);
    }

    private boolean isNamed(Route route) {
        return Objects.equals(route.displayName(), change.name());
    }

    private boolean does(Route route) {
        RouteAction there = route.action();
        return there.type().equals(action.type())
                && Objects.equals(there.target(), action.target())
                && (action.status() == null || action.status().equals(there.status()));
    }

    private RouteAction action(Reader reader) {
        RouteTarget target = change.target();
        if (target instanceof ToFarm to) {
            long farmId =
                    reader.farm(change.protocol(), to.farm(), frontend.zone()).farmId();
            return new RouteAction("farm", Long.toString(farmId), null);
        }
        if (target instanceof Redirect redirect) {
            return new RouteAction("redirect", redirect.url(), redirect.status());
        }
        return new RouteAction("reject", null, ((Reject) target).status());
    }

    private static Set<RuleSpec> specs(Route route) {
        return route.rules().stream().map(RuleSpec::of).collect(Collectors.toSet());
    }

    private static ObjectNode view(Route route) {
        return Fields.none()
                .with("routeId", route.routeId())
                .with("displayName", route.displayName())
                .with("frontendId", route.frontendId())
                .with("action", route.action())
                .with("weight", route.weight())
                .with("rules", shown(route.rules().stream().map(RuleSpec::of)))
                .json();
    }

    private static ArrayNode shown(Stream<RuleSpec> rules) {
        ArrayNode shown = JsonNodeFactory.instance.arrayNode();
        rules.forEach(rule -> shown.add(rule.replacing().json()));
        return shown;
    }
}
