package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Named;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.ServiceCalls;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Subject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be removed, and how it is told from others of its kind. */
public sealed interface Removable {

    /** OVH's word for the kind. */
    String kind();

    /** The parameters as they are meant. */
    Fields wanted();

    /**
     * What it takes; empty when it is not there.
     *
     * @throws IplbException when more than one is meant, and when something that is to stay needs it
     */
    Optional<Removal> find(Reader reader, Protocol protocol);

    /** What it is called when it is not there. Reads nothing that {@link #find} has not read. */
    Subject missing(Reader reader, Protocol protocol);

    /**
     * The end of something that is there.
     *
     * @param subject what it is called
     * @param lines what goes with it
     * @param before it, as it is
     * @param calls what removes it, in this order
     * @param ids for the result
     */
    record Removal(Subject subject, Lines lines, ObjectNode before, List<ApiCall> calls, Fields ids) {}

    /** A frontend, which must not have routes. */
    record Frontend(Reference frontend) implements Removable {
        @Override
        public String kind() {
            return "frontend";
        }

        @Override
        public Fields wanted() {
            return Fields.none().with("frontend", frontend.text()).withPresent("zone", frontend.zone());
        }

        @Override
        public Optional<Removal> find(Reader reader, Protocol protocol) {
            return Reader.find(kind(), frontend, reader.lb().frontends(protocol))
                    .map(found -> {
                        mustBeUnused(
                                protocol,
                                this,
                                found,
                                reader.routes(protocol).stream()
                                        .filter(route -> route.isOn(found.frontendId()))
                                        .map(route -> said("route", route)));
                        ObjectNode before = Plan.json(found);
                        return new Removal(
                                Subjects.of(Kind.FRONTEND, found),
                                reader.lines(protocol).attributes(EnsureFrontend.FIELDS, before, NullNode.instance),
                                before,
                                List.of(reader.calls().deleteFrontend(protocol, found.frontendId())),
                                Fields.none().with("frontendId", found.frontendId()));
                    });
        }

        @Override
        public Subject missing(Reader reader, Protocol protocol) {
            return Subjects.of(Kind.FRONTEND, frontend);
        }
    }

    /**
     * A farm, to which nothing must lead. Its servers go before it: whether OVH would remove them with it is published
     * nowhere.
     */
    record Farm(Reference farm) implements Removable {
        @Override
        public String kind() {
            return "farm";
        }

        @Override
        public Fields wanted() {
            return Fields.none().with("farm", farm.text()).withPresent("zone", farm.zone());
        }

        @Override
        public Optional<Removal> find(Reader reader, Protocol protocol) {
            return Reader.find(kind(), farm, reader.lb().farms(protocol)).map(found -> {
                long id = found.farmId();
                mustBeUnused(
                        protocol,
                        this,
                        found,
                        Stream.concat(
                                reader.lb().frontends(protocol).stream()
                                        .filter(frontend -> frontend.isTo(id))
                                        .map(frontend -> said("frontend", frontend)),
                                reader.routes(protocol).stream()
                                        .filter(route -> route.action().isTo(id))
                                        .map(route -> said("route", route))));
                var servers = reader.lb().servers(protocol, id);
                ServiceCalls calls = reader.calls();
                Lines lines = reader.lines(protocol).attributes(EnsureFarm.FIELDS, Plan.json(found), NullNode.instance);
                servers.forEach(server -> lines.line("server", Subjects.shown(server), null));
                return new Removal(
                        Subjects.of(Kind.FARM, found),
                        lines,
                        new Fields(Plan.json(found)).with("servers", servers).json(),
                        Stream.concat(
                                        servers.stream()
                                                .map(server -> calls.deleteServer(protocol, id, server.serverId())),
                                        Stream.of(calls.deleteFarm(protocol, id)))
                                .toList(),
                        Fields.none().with("farmId", id));
            });
        }

        @Override
        public Subject missing(Reader reader, Protocol protocol) {
            return Subjects.of(Kind.FARM, farm);
        }
    }

    /** A server of a farm. */
    record Server(Reference farm, ServerKey server) implements Removable {
        @Override
        public String kind() {
            return "server";
        }

        @Override
        public Fields wanted() {
            return Fields.none()
                    .with("farm", farm.text())
                    .withPresent("zone", farm.zone())
                    .and(server.wanted());
        }

        @Override
        public Optional<Removal> find(Reader reader, Protocol protocol) {
            return Reader.find("farm", farm, reader.lb().farms(protocol))
                    .flatMap(inside -> server.find(inside, reader.lb().servers(protocol, inside.farmId()))
                            .map(found -> removal(reader, protocol, inside, found)));
        }

        private static Removal removal(
                Reader reader,
                Protocol protocol,
                io.jenkins.plugins.iplb.api.Farm inside,
                io.jenkins.plugins.iplb.api.Server found) {
            ObjectNode before = Plan.json(found);
            return new Removal(
                    Subjects.of(Kind.SERVER, found).in(Subjects.of(Kind.FARM, inside)),
                    reader.lines(protocol).attributes(EnsureServer.FIELDS, before, NullNode.instance),
                    before,
                    List.of(reader.calls().deleteServer(protocol, inside.farmId(), found.serverId())),
                    Fields.none().with("farmId", inside.farmId()).with("serverId", found.serverId()));
        }

        @Override
        public Subject missing(Reader reader, Protocol protocol) {
            return server.subject()
                    .in(Reader.find("farm", farm, reader.lb().farms(protocol))
                            .map(inside -> Subjects.of(Kind.FARM, inside))
                            .orElseGet(() -> Subjects.of(Kind.FARM, farm)));
        }
    }

    /**
     * A route with, as OVH does it, its rules.
     *
     * @param frontend where it is to be no more; empty for wherever it is
     */
    record Route(Reference route, Optional<Reference> frontend) implements Removable {
        @Override
        public String kind() {
            return "route";
        }

        @Override
        public Fields wanted() {
            return where(route, frontend);
        }

        @Override
        public Optional<Removal> find(Reader reader, Protocol protocol) {
            return reader.findRoute(protocol, route, frontend)
                    .map(found -> new Removal(
                            Subjects.of(Kind.ROUTE, found).in(place(found, reader, protocol)),
                            lines(found, reader.lines(protocol)),
                            Plan.json(found),
                            List.of(reader.calls().deleteRoute(protocol, found.routeId())),
                            Fields.none().with("routeId", found.routeId())));
        }

        private static Lines lines(io.jenkins.plugins.iplb.api.Route found, Lines lines) {
            lines.frontend(found.frontendId(), null)
                    .action(found.action(), null)
                    .line("weight", found.weight() == 0 ? null : found.weight(), null)
                    .line("name", found.displayName(), null);
            found.rules().forEach(rule -> lines.rule(RuleSpec.of(rule), null));
            return lines;
        }

        /** Null for a route that is detached. */
        private static Subject place(io.jenkins.plugins.iplb.api.Route route, Reader reader, Protocol protocol) {
            return route.isDetached() ? null : reader.subject(Kind.FRONTEND, protocol, route.frontendId());
        }

        @Override
        public Subject missing(Reader reader, Protocol protocol) {
            return Subjects.of(Kind.ROUTE, route)
                    .in(frontend.map(meant -> Subjects.of(Kind.FRONTEND, meant)).orElse(null));
        }
    }

    /**
     * A rule of a route.
     *
     * @param frontend the only one that the route may be on; empty for any
     * @param rule its id or its name; empty when it is told by what it says
     * @param says what it says, word by word; all that say so are meant
     */
    record Rule(Reference route, Optional<Reference> frontend, Optional<Reference> rule, Optional<RuleSpec> says)
            implements Removable {

        public Rule {
            if (rule.isPresent() == says.isPresent()) {
                throw new InvalidInput(
                        "rule",
                        rule.map(Reference::text).orElse(null),
                        "either its id or name, or what it says (field, match, pattern)");
            }
        }

        @Override
        public String kind() {
            return "rule";
        }

        @Override
        public Fields wanted() {
            return where(route, frontend)
                    .withPresent(
                            "rule",
                            rule.<Object>map(Reference::text)
                                    .or(() -> says.map(spec -> spec.fields().json())));
        }

        @Override
        public Optional<Removal> find(Reader reader, Protocol protocol) {
            return reader.findRoute(protocol, route, frontend).flatMap(on -> {
                long routeId = on.routeId();
                var all = reader.lb().rules(protocol, routeId);
                var meant = rule.map(known ->
                                Reader.find(kind(), known, all).stream().toList())
                        .orElseGet(() -> all.stream()
                                .filter(each -> says.orElseThrow().says(each))
                                .toList());
                return meant.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Removal(
                                Subjects.of(Kind.RULE, meant.get(0)).in(Subjects.of(Kind.ROUTE, on)),
                                lines(meant, reader.lines(protocol)),
                                Fields.none().with("rules", meant).json(),
                                meant.stream()
                                        .map(each -> reader.calls().deleteRule(protocol, routeId, each.ruleId()))
                                        .toList(),
                                Fields.none()
                                        .with("routeId", routeId)
                                        .with(
                                                "ruleIds",
                                                meant.stream().map(Named::id).toList())));
            });
        }

        private static Lines lines(List<io.jenkins.plugins.iplb.api.Rule> meant, Lines lines) {
            meant.forEach(each -> lines.rule(RuleSpec.of(each), null));
            return lines;
        }

        @Override
        public Subject missing(Reader reader, Protocol protocol) {
            Subject subject = rule.map(known -> Subjects.of(Kind.RULE, known))
                    .orElseGet(() -> Subject.of(Kind.RULE, says.orElseThrow().toString()));
            return subject.in(reader.findRoute(protocol, route, frontend)
                    .map(on -> Subjects.of(Kind.ROUTE, on))
                    .orElseGet(() -> Subjects.of(Kind.ROUTE, route)));
        }
    }

    private static Fields where(Reference route, Optional<Reference> frontend) {
        return Fields.none()
                .with("route", route.text())
                .withPresent("frontend", frontend.map(Reference::text))
                .withPresent("zone", route.zone());
    }

    private static void mustBeUnused(Protocol protocol, Removable what, Named found, Stream<String> users) {
        List<String> all = users.toList();
        if (!all.isEmpty()) {
            throw new IplbException(
                    FailureKind.REFUSED,
                    "%s %s is in use by %s: remove that, or lead it elsewhere, first"
                            .formatted(protocol.code(), said(what.kind(), found), String.join(" and ", all)));
        }
    }

    private static String said(String kind, Named object) {
        return "%s %d%s"
                .formatted(kind, object.id(), object.displayName() == null ? "" : " '" + object.displayName() + "'");
    }
}
