package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Frontend;
import io.jenkins.plugins.iplb.api.Route;
import io.jenkins.plugins.iplb.api.RouteAction;
import io.jenkins.plugins.iplb.api.Rule;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the route that is meant and what it lacks.
 *
 * <p>No refresh may catch a new route half-made: it is made detached, gets its rules, and is attached last. What a
 * crash left of that is found again, as a detached route that does the same and has none but the wanted rules. One that
 * was made for no frontend is found by its name.
 */
final class RoutePlanner {
    private static final String RULE_NAME = "rule.name";

    private final EnsureRoute change;
    private final Reader reader;
    private final ServiceCalls calls;
    private final List<Route> routes;
    private final Optional<Frontend> frontend;
    private final Lines lines;
    private final RouteAction action;
    private final Map<Long, String> ruleNames = new HashMap<>();
    private final List<PlannedStep> steps = new ArrayList<>();
    private final List<NewId> newRules = new ArrayList<>();

    private RoutePlanner(EnsureRoute change, Reader reader) {
        this.change = change;
        this.reader = reader;
        this.calls = new ServiceCalls(change.service());
        this.routes = reader.lb().routes(change.protocol());
        this.frontend = change.frontend().map(meant -> reader.frontend(change.protocol(), meant));
        this.lines = reader.lines(change.protocol());
        this.action = action();
    }

    static Plan plan(EnsureRoute change, Reader reader) {
        return new RoutePlanner(change, reader).plan();
    }

    private Plan plan() {
        Route found = there().or(this::leftOver).or(this::onNone).orElse(null);
        return found == null ? make() : mend(found, found.isDetached() ? attachment() : Fields.none());
    }

    /** What puts a route that is on no frontend on the one that is meant. */
    private Fields attachment() {
        return Fields.none().withPresent("frontendId", frontend.map(Frontend::frontendId));
    }

    private Plan make() {
        Fields fields = Fields.none().with("action", action).withPresent("weight", change.weight());
        fields = change.name() == null ? fields : fields.with("displayName", change.name());
        List<RuleSpec> rules = change.rules().orElse(List.of());
        boolean staged = !rules.isEmpty();
        ApiCall post = calls.createRoute(change.protocol(), staged ? fields : fields.and(attachment()));
        NewId routeId = Plan.newObject("routeId", Plan.ids(routes), other -> isTwin((Route) other));
        steps.add(PlannedStep.of(post).creating(routeId));
        rules.forEach(rule -> addRule(routeId, rule, Set.of()));
        if (staged && frontend.isPresent()) {
            alter(routeId, attachment());
        }
        ObjectNode after = fields.and(attachment()).json();
        after.set("rules", named(rules.stream()));
        lines.frontend(null, frontend.map(Frontend::frontendId).orElse(null))
                .action(null, action)
                .line("weight", null, change.weight().orElse(null))
                .line("name", null, change.name());
        rules.forEach(this::lineOfNew);
        return new Plan(
                about(Effect.ADDED, Subject.of(Kind.ROUTE, change.name()), null),
                lines.all(),
                NullNode.instance,
                after,
                steps,
                created -> Fields.none()
                        .withPresent("routeId", created.find(routeId))
                        .with("ruleIds", created.of(newRules))
                        .json());
    }

    private About about(Effect effect, Subject route, Long frontendId) {
        Subject there = frontendId == null ? null : reader.subject(Kind.FRONTEND, change.protocol(), frontendId);
        return new About(
                effect,
                route.in(frontend.map(on -> Subjects.of(Kind.FRONTEND, on)).orElse(there)));
    }

    /** @param attachment what attaches it, for a route that is detached */
    private Plan mend(Route route, Fields attachment) {
        readRuleNames(route);
        Map<Long, RuleSpec> standing = new LinkedHashMap<>();
        // The oldest first: of two that say the same, somebody else may be about to remove the younger.
        route.rules().stream()
                .sorted(Comparator.comparing(Rule::ruleId))
                .forEach(rule -> standing.put(rule.ruleId(), RuleSpec.of(rule)));
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
        lines.frontend(route.frontendId(), frontend.map(Frontend::frontendId).orElse(route.frontendId()))
                .action(route.action(), does(route) ? route.action() : action)
                .line("weight", route.weight(), change.weight().orElse(route.weight()));
        route.rules().forEach(rule -> {
            lines.rule(RuleSpec.of(rule), standing.get(rule.ruleId()));
            lineOfName(rule.ruleId(), standing.get(rule.ruleId()));
        });
        added.forEach(this::lineOfNew);
        JsonNode before = view(route);
        ObjectNode after = view(route).setAll(fields.json());
        after.set("rules", named(Stream.concat(standing.values().stream(), added.stream())));
        List<Long> kept = List.copyOf(standing.keySet());
        return new Plan(
                about(Effect.CHANGED, Subjects.of(Kind.ROUTE, route), route.frontendId()),
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
     * The first to be rewritten is one that has the name already. One that says what another says stays: whoever has made it at
     * the same moment as somebody else removes it.
     *
     * @param standing the rules of the route by id, made to what becomes of them
     * @return those that are added
     */
    private List<RuleSpec> mendRules(Route route, List<RuleSpec> wanted, Map<Long, RuleSpec> standing) {
        List<RuleSpec> missing = new ArrayList<>(wanted);
        List<Long> spare = new ArrayList<>();
        standing.forEach((id, rule) -> {
            if (!wanted.contains(rule)) {
                spare.add(id);
            } else if (missing.remove(rule) && isRenamed(id, rule)) {
                alterRule(route, id, change.naming(rule));
            }
        });
        pairByName(missing, spare);
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
                alterRule(route, id, rule.replacing().and(change.naming(rule)));
            } else {
                standing.remove(id);
                steps.add(PlannedStep.of(calls.deleteRule(change.protocol(), route.routeId(), id)));
            }
        }
        return added;
    }

    /** Puts rules that are to have a name first, and in the same order those that have it. */
    private void pairByName(List<RuleSpec> missing, List<Long> spare) {
        int pairs = 0;
        for (RuleSpec rule : List.copyOf(missing)) {
            String name = change.ruleNames().get(rule);
            Optional<Long> namesake = spare.subList(pairs, spare.size()).stream()
                    .filter(id -> name != null && name.equals(ruleNames.get(id)))
                    .findFirst();
            if (namesake.isPresent()) {
                missing.remove(rule);
                missing.add(pairs, rule);
                spare.remove(namesake.get());
                spare.add(pairs, namesake.get());
                pairs++;
            }
        }
    }

    /** Whether a rule that stays, or becomes this one, gets another name. */
    private boolean isRenamed(long ruleId, RuleSpec rule) {
        String name = change.ruleNames().get(rule);
        return name != null && !name.equals(ruleNames.get(ruleId));
    }

    /** The names of the rules that are there, which lists of routes do not have; read only for who gives names. */
    private void readRuleNames(Route route) {
        if (!change.ruleNames().isEmpty()) {
            reader.lb()
                    .rules(change.protocol(), route.routeId())
                    .forEach(rule -> ruleNames.put(rule.ruleId(), rule.displayName()));
        }
    }

    private void lineOfNew(RuleSpec rule) {
        lines.rule(null, rule).line(RULE_NAME, null, change.ruleNames().get(rule));
    }

    private void lineOfName(long ruleId, RuleSpec after) {
        if (after != null && isRenamed(ruleId, after)) {
            lines.line(RULE_NAME, ruleNames.get(ruleId), change.ruleNames().get(after));
        }
    }

    private void alterRule(Route route, long ruleId, Fields fields) {
        steps.add(PlannedStep.of(calls.updateRule(change.protocol(), route.routeId(), ruleId, fields)));
    }

    private void addRule(ObjectId routeId, RuleSpec rule, Set<Long> existing) {
        NewId ruleId = Plan.newObject("ruleId", existing, other -> rule.says((Rule) other));
        newRules.add(ruleId);
        steps.add(PlannedStep.of(
                        created -> calls.createRule(
                                change.protocol(),
                                created.of(routeId),
                                rule.fields().and(change.naming(rule))),
                        routeId)
                .creating(ruleId));
    }

    private void alter(ObjectId routeId, Fields fields) {
        steps.add(
                PlannedStep.of(created -> calls.updateRoute(change.protocol(), created.of(routeId), fields), routeId));
    }

    /** The one that is where it is to be: on the frontend, if one is given, and else anywhere by its name, or on none. */
    private Optional<Route> there() {
        List<Route> candidates = routes.stream().filter(this::isInPlace).toList();
        if (change.name() != null) {
            return only(candidates.stream().filter(this::isNamed).toList());
        }
        List<Route> same = candidates.stream().filter(this::does).toList();
        if (change.rules().isPresent()) {
            return same.stream()
                    .filter(route ->
                            specs(route).equals(Set.copyOf(change.rules().get())))
                    .findFirst();
        }
        String where =
                frontend.map(on -> "of frontend %d".formatted(on.frontendId())).orElse("on no frontend");
        return same.isEmpty()
                ? Optional.empty()
                : Optional.of(Reader.single("route %s does this".formatted(where), same, "give its name or its rules"));
    }

    private boolean isInPlace(Route route) {
        return frontend.map(on -> route.isOn(on.frontendId()))
                .orElseGet(() -> change.name() != null || route.isDetached());
    }

    private Optional<Route> only(List<Route> named) {
        return named.isEmpty() ? Optional.empty() : Optional.of(Reader.only("route", change.name(), named));
    }

    /** A route with rules that was staged, and of which a crash kept the rest. */
    private Optional<Route> leftOver() {
        return routes.stream().filter(this::isHalfMade).min(Comparator.comparing(Route::routeId));
    }

    private boolean isHalfMade(Route route) {
        Set<RuleSpec> wanted = Set.copyOf(change.rules().orElse(List.of()));
        return !wanted.isEmpty()
                && route.isDetached()
                && isNamed(route)
                && does(route)
                && route.weight() == change.weight().orElse(0)
                && wanted.containsAll(specs(route));
    }

    /** Whether it is what is made here, made by somebody else: as a whole, or as far as that has come. */
    private boolean isTwin(Route route) {
        return isHalfMade(route) || isInPlace(route) && isMeant(route);
    }

    private boolean isMeant(Route route) {
        return change.name() != null
                ? isNamed(route)
                : does(route)
                        && change.rules()
                                .map(Set::copyOf)
                                .map(specs(route)::equals)
                                .orElse(true);
    }

    /** One of that name that was made for no frontend yet. */
    private Optional<Route> onNone() {
        return change.name() == null
                ? Optional.empty()
                : only(routes.stream()
                        .filter(route -> route.isDetached() && isNamed(route))
                        .toList());
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

    private RouteAction action() {
        RouteTarget target = change.target();
        if (target instanceof ToFarm to) {
            String zone = change.place(reader).map(Frontend::zone).orElse(null);
            long farmId = reader.farm(change.protocol(), to.farm(), zone).farmId();
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

    private ArrayNode named(Stream<RuleSpec> rules) {
        ArrayNode shown = JsonNodeFactory.instance.arrayNode();
        rules.forEach(
                rule -> shown.add(rule.replacing().and(change.naming(rule)).json()));
        return shown;
    }

    private static ArrayNode shown(Stream<RuleSpec> rules) {
        ArrayNode shown = JsonNodeFactory.instance.arrayNode();
        rules.forEach(rule -> shown.add(rule.replacing().json()));
        return shown;
    }
}
