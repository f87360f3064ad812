package io.jenkins.plugins.iplb.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Server;
import io.jenkins.plugins.iplb.change.Drain;
import io.jenkins.plugins.iplb.change.FarmAndServers;
import io.jenkins.plugins.iplb.change.ServersOfFarm;
import io.jenkins.plugins.iplb.change.Undrain;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.Course;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One group of servers after the other: out, empty, what is to be done, back in. Where something goes wrong the group at hand is
 * put back.
 */
public final class Rolling extends Deployment<Rolling.About> {
    /** The servers of a group: their names, or else their addresses. */
    public static final String SERVER = "IPLB_SERVER";

    public static final String ADDRESS = "IPLB_SERVER_ADDRESS";
    public static final String PORT = "IPLB_SERVER_PORT";

    private final Operation.Rolling wanted;

    /** What is done to a group. */
    private enum Act {
        OUT,
        BODY,
        IN,
        /** As IN, since something went wrong. */
        BACK
    }

    /** The farm as it was found, with those of its servers that it is about. */
    record About(long farm, String said, List<Member> servers) {}

    record Member(long id, String name, String address, String port, boolean takesPart) {}

    Rolling(Course course, Operation.Rolling wanted, Body body) {
        super(course, body);
        this.wanted = wanted;
    }

    // ---- what it is about

    /** Those that are inactive already are somebody else's. */
    @Override
    About begun(FarmAndServers there) {
        List<Server> active = there.servers().stream()
                .filter(each -> "active".equals(each.status()))
                .toList();
        About about = new About(
                there.farm().farmId(),
                there.said(wanted.protocol()),
                active.stream()
                        .map(each -> new Member(
                                each.serverId(),
                                FarmAndServers.called(each),
                                each.address(),
                                Optional.ofNullable(each.port(there.farm()))
                                        .map(Object::toString)
                                        .orElse(""),
                                each.takesPart()))
                        .toList());
        mustLeaveEnough(about);
        return about;
    }

    private void mustLeaveEnough(About about) {
        List<Member> taking = about.servers().stream().filter(Member::takesPart).toList();
        for (List<Member> group : groups(about)) {
            long left = taking.stream().filter(each -> !group.contains(each)).count();
            if (left < wanted.keep()) {
                throw new IplbException(
                        FailureKind.REFUSED,
                        "%s has %s that take%s part: without %s %d would be left, and at least %d must stay"
                                .formatted(
                                        about.said(),
                                        taking.isEmpty() ? "no servers" : called(taking),
                                        taking.size() == 1 ? "s" : "",
                                        called(group),
                                        left,
                                        wanted.keep()));
            }
        }
        if (about.servers().isEmpty()) {
            throw new IplbException(FailureKind.REFUSED, about.said() + " has no active server");
        }
    }

    @Override
    Class<About> type() {
        return About.class;
    }

    private List<List<Member>> groups(About about) {
        List<Member> all = about.servers();
        int size = wanted.atOnce().of(all.size());
        List<List<Member>> groups = new ArrayList<>();
        for (int i = 0; i < all.size(); i += size) {
            groups.add(all.subList(i, Math.min(all.size(), i + size)));
        }
        return groups;
    }

    private static String called(List<Member> group) {
        return group.stream().map(Member::name).collect(Collectors.joining(", "));
    }

    // ---- act by act

    @Override
    CompletableFuture<Report> goOn(JsonNode state) {
        return act(
                state.path("group").asInt(),
                Act.valueOf(state.path("act").asText(Act.OUT.name())),
                state.path("why").asText());
    }

    private CompletableFuture<Report> act(int number, Act act, String why) {
        List<List<Member>> groups = groups(found());
        if (number == groups.size()) {
            return done();
        }
        List<Member> group = groups.get(number);
        reach(number, act, why);
        return switch (act) {
            case OUT ->
                otherwise(
                        part("out " + number, out(group)),
                        left -> act(number, Act.BODY, ""),
                        failure -> back(number, failure));
            case BODY ->
                otherwise(body(number, group), done -> act(number, Act.IN, ""), failure -> back(number, failure));
            case IN ->
                otherwise(
                        course().part("in " + number, in(group)),
                        there -> next(groups, number + 1),
                        failure -> failed(
                                "%s; %s may be out of %s still: undrain puts back"
                                        .formatted(failure.getMessage(), called(group), found().said()),
                                failure));
            case BACK ->
                otherwise(
                        course().part("back " + number, in(group)),
                        there -> failed(
                                "%s: %s %s back in %s%s"
                                        .formatted(
                                                why,
                                                called(group),
                                                group.size() == 1 ? "is" : "are",
                                                found().said(),
                                                rest(groups, number)),
                                null),
                        failure -> failed(
                                "%s: putting %s back into %s failed, too: %s"
                                        .formatted(why, called(group), found().said(), failure.getMessage()),
                                failure));
        };
    }

    /** Where it was called off meanwhile, the group before it is the last one. */
    private CompletableFuture<Report> next(List<List<Member>> groups, int number) {
        return course().calledOff()
                .filter(why -> number < groups.size())
                .map(why -> failed(
                        why.getMessage() + rest(groups.subList(0, number), groups.subList(number, groups.size())), why))
                .orElseGet(() -> act(number, Act.OUT, ""));
    }

    private static String rest(List<List<Member>> groups, int number) {
        return rest(groups.subList(0, number), groups.subList(number + 1, groups.size()));
    }

    private static String rest(List<List<Member>> before, List<List<Member>> after) {
        return (before.isEmpty() ? "" : "; done: " + all(before))
                + (after.isEmpty() ? "" : "; not begun: " + all(after));
    }

    private static String all(List<List<Member>> groups) {
        return groups.stream().map(Rolling::called).collect(Collectors.joining(", "));
    }

    private void reach(int number, Act act, String why) {
        ObjectNode state =
                Fields.none().with("group", number).with("act", act.name()).json();
        course().reach(why.isEmpty() ? state : state.put("why", why));
    }

    private CompletableFuture<Report> back(int number, Throwable failure) {
        return act(number, Act.BACK, String.valueOf(failure.getMessage()));
    }

    private CompletableFuture<Void> body(int number, List<Member> group) {
        course().tell(WaitStatus.of("%s out and empty: %d of %d"
                .formatted(called(group), number + 1, groups(found()).size())));
        return body(environment(group));
    }

    /** Of several servers in one order, with blanks between them. */
    private static Map<String, String> environment(List<Member> group) {
        return Map.of(
                SERVER, joined(group.stream().map(Member::name)),
                ADDRESS, joined(group.stream().map(Member::address)),
                PORT, joined(group.stream().map(Member::port)));
    }

    private static String joined(Stream<String> values) {
        return values.collect(Collectors.joining(" "));
    }

    private Operation.OnLoadBalancer out(List<Member> group) {
        return new Operation.MakingLive(new Drain(of(group), wanted.keep()), Optional.of(wanted.until()));
    }

    private Operation.OnLoadBalancer in(List<Member> group) {
        return new Operation.MakingLive(new Undrain(of(group)), Optional.empty());
    }

    private ServersOfFarm of(List<Member> group) {
        return new ServersOfFarm(
                wanted.service(),
                wanted.protocol(),
                new Reference(Long.toString(found().farm())),
                group.stream()
                        .map(each -> new Reference(Long.toString(each.id())))
                        .toList());
    }

    @Override
    CompletableFuture<Report> done() {
        ArrayNode groups = Json.MAPPER.createArrayNode();
        groups(found()).forEach(group -> groups.add(called(group)));
        ObjectNode result = Fields.none()
                .with("farmId", found().farm())
                .with("servers", groups)
                .json();
        return CompletableFuture.completedFuture(course().finish(true, foundJson(), result));
    }
}
