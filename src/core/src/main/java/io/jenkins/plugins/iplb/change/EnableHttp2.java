package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.Frontend;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Route;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is staged for HTTP/2 on a frontend (OVH's guide "Configuring HTTP/2 on an OVHcloud Load Balancer service"). A frontend
 * that does TLS speaks it by itself since June 2025, or from its next refresh on: then nothing is. A TCP frontend hands
 * HTTP/2 connections on by a route.
 *
 * @param farm where a TCP frontend hands them on to, always by a route; empty where it speaks HTTP/2 by itself, or has a
 *     route already
 * @param isSpoken whether it is spoken there already, so that nobody is to be warned of what it changes
 */
public record EnableHttp2(
        String service, Protocol protocol, Reference frontend, Optional<Reference> farm, boolean isSpoken)
        implements Change {
    public static final String OPERATION = "enable-http2";

    /** In the result: how the frontend gets it. */
    public static final String WAY = "way";

    /** In the result: why it gets it so. */
    public static final String WHY = "why";

    /** In the result: where it must go live. */
    public static final String ZONE = "zone";

    /** By itself. */
    public static final String NATIVE = "native";

    private static final String ROUTE = "route";
    private static final RuleSpec RULE = new RuleSpec("protocol", null, "is", false, "http/2.0");
    private static final Pattern PORT = Pattern.compile(":\\d");

    public EnableHttp2 {
        service = ServiceName.parse(service);
        Protocol.parse(protocol.code(), Protocol.HTTP, Protocol.TCP);
        if (protocol == Protocol.HTTP && farm.isPresent()) {
            throw new InvalidInput("farm", farm.get(), "nothing: http frontends speak HTTP/2 by themselves");
        }
    }

    /** Where it is not spoken yet, as far as anybody knows. */
    public EnableHttp2(String service, Protocol protocol, Reference frontend, Optional<Reference> farm) {
        this(service, protocol, frontend, farm, false);
    }

    /** The same where it is known whether HTTP/2 is spoken already. */
    public EnableHttp2 spoken(boolean already) {
        return new EnableHttp2(service, protocol, frontend, farm, already);
    }

    @Override
    public String operation() {
        return OPERATION;
    }

    @Override
    public Fields wanted() {
        return Fields.none()
                .with("protocol", protocol.code())
                .with("frontend", frontend.text())
                .withPresent("farm", farm.map(Reference::text));
    }

    @Override
    public Plan plan(Reader reader) {
        Frontend found = reader.frontend(protocol, frontend);
        if (found.disabled()) {
            throw refused(found, "is disabled, and answers nobody: enable it first");
        }
        if (protocol == Protocol.HTTP && !found.ssl()) {
            throw refused(found, "has no ssl, and HTTP/2 is agreed on in TLS: turn ssl on first");
        }
        Optional<Route> there = route(found, reader);
        if (farm.isPresent()) {
            there.ifPresent(route -> mustBeMeant(found, route, reader));
            return plan(found, route(found, there).plan(reader), ROUTE, whyByFarm(found));
        }
        if (there.isPresent()) {
            return plan(
                    found,
                    nothing(found),
                    ROUTE,
                    "its %s has the rule %s".formatted(Reader.said(protocol, "route", there.get()), RULE));
        }
        if (found.ssl()) {
            return plan(found, nothing(found), NATIVE, whyNative());
        }
        throw new InvalidInput(
                "farm",
                null,
                "the TCP farm whose servers speak HTTP/2: %s does no TLS itself, so that it takes a route"
                        .formatted(Reader.said(protocol, "frontend", found)));
    }

    private String whyNative() {
        return "%s frontends with ssl speak HTTP/2 by themselves since June 2025, those from before after their next refresh, even one with nothing pending"
                .formatted(protocol.code());
    }

    private static String whyByFarm(Frontend found) {
        return "a tcp frontend hands HTTP/2 connections to a farm by a route with the rule %s%s"
                .formatted(RULE, found.ssl() ? "; without a farm, this one would speak HTTP/2 by itself" : "");
    }

    /** The route that takes HTTP/2 connections, and no other. */
    private Optional<Route> route(Frontend found, Reader reader) {
        return protocol == Protocol.TCP
                ? reader.routes(protocol).stream()
                        .filter(route -> route.isOn(found.frontendId()))
                        .filter(route -> route.rules().size() == 1
                                && RULE.says(route.rules().get(0)))
                        .findFirst()
                : Optional.empty();
    }

    /** One without a name can only be left as it is. */
    private void mustBeMeant(Frontend found, Route there, Reader reader) {
        Farm wanted = reader.farm(protocol, farm.orElseThrow(), found.zone());
        if (there.displayName() == null && !leads(there, wanted)) {
            throw new IplbException(
                    FailureKind.CONFLICT,
                    "%s takes the HTTP/2 connections of %s, and does not lead to %s: give it a name, or remove it"
                            .formatted(
                                    Reader.said(protocol, ROUTE, there),
                                    Reader.said(protocol, "frontend", found),
                                    Reader.said(protocol, "farm", wanted)));
        }
    }

    private EnsureRoute route(Frontend found, Optional<Route> there) {
        return new EnsureRoute(
                service,
                protocol,
                Optional.of(new Reference(Long.toString(found.frontendId()))),
                new RouteTarget.ToFarm(farm.orElseThrow()),
                Optional.empty(),
                there.isPresent() ? there.get().displayName() : "http2",
                Optional.of(List.of(RULE)),
                Map.of());
    }

    private Plan nothing(Frontend found) {
        ObjectNode view = Plan.json(found);
        return new Plan(
                about(found),
                List.of(),
                view,
                view,
                List.of(),
                created -> Fields.none().json());
    }

    private static About about(Frontend found) {
        return new About(Effect.ADDED, Subject.of(Kind.HTTP2, null).in(Subjects.of(Kind.FRONTEND, found)));
    }

    /** @param staged what is staged for it */
    private static Plan plan(Frontend found, Plan staged, String way, String why) {
        Fields said = Fields.none()
                .with("frontendId", found.frontendId())
                .with(ZONE, found.zone())
                .with(WAY, way)
                .with(WHY, why);
        return new Plan(
                about(found),
                staged.diff(),
                staged.before(),
                staged.after(),
                staged.steps(),
                created -> said.and(new Fields(staged.result().apply(created))).json());
    }

    private IplbException refused(Frontend found, String why) {
        return new IplbException(FailureKind.REFUSED, Reader.said(protocol, "frontend", found) + " " + why);
    }

    // ---- what it changes for those who are there

    @Override
    public List<String> warnings(Reader reader, Plan plan) {
        Frontend found = reader.frontend(protocol, frontend);
        if (isSpoken || farm.isPresent() || route(found, reader).isPresent()) {
            return List.of();
        }
        List<Route> routes = reader.routes(protocol).stream()
                .filter(route -> route.isOn(found.frontendId()))
                .toList();
        List<String> warnings = new ArrayList<>();
        String doubtful = routes.stream()
                .flatMap(route -> route.rules().stream()
                        .map(RuleSpec::of)
                        .filter(EnableHttp2::dependsOnTheProtocol)
                        .map(rule -> "%s: %s".formatted(Reader.said(protocol, ROUTE, route), rule)))
                .collect(Collectors.joining(", "));
        if (!doubtful.isEmpty()) {
            warnings.add(
                    "over HTTP/2 the host may come without its port, and the URI with scheme and host; try over both protocols what these rules look at: "
                            + doubtful);
        }
        String moved = reader.lb().farms(protocol).stream()
                .filter(farm -> "uri".equals(farm.balance()))
                .filter(farm -> found.isTo(farm.farmId()) || routes.stream().anyMatch(route -> leads(route, farm)))
                .map(farm -> Reader.said(protocol, "farm", farm))
                .collect(Collectors.joining(", "));
        if (!moved.isEmpty()) {
            warnings.add("over HTTP/2 paths may go to other servers of what is balanced by uri: " + moved);
        }
        return warnings;
    }

    /** HAProxy, which OVH's load balancer is made of, takes the default port off the host and makes the URI whole. */
    private static boolean dependsOnTheProtocol(RuleSpec rule) {
        if (rule.pattern() == null) {
            return false;
        }
        return switch (rule.field()) {
            case "host" -> PORT.matcher(rule.pattern()).find();
            case "uri" -> List.of("is", "in", "startswith", "matches").contains(rule.match());
            default -> false;
        };
    }

    private static boolean leads(Route route, Farm farm) {
        return route.action().type().equals("farm")
                && Long.toString(farm.farmId()).equals(route.action().target());
    }
}
