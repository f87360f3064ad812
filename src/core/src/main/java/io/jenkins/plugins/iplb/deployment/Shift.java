package io.jenkins.plugins.iplb.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Server;
import io.jenkins.plugins.iplb.change.FarmAndServers;
import io.jenkins.plugins.iplb.change.ServersOfFarm;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.Course;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.operation.Wish;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Durations;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.wait.WaitStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One share after the other: weights, live, what is to be done, a wait. Where something goes wrong the weights are as they were
 * before. At 100 percent the servers that it moved away from have a weight of 0.
 */
public final class Shift extends Deployment<Shift.About> {
    /** The share that the other side has, in percent. */
    public static final String SHARE = "IPLB_SHARE";

    private static final String STAY =
            "clients with a cookie or an open connection stay with servers whose weight is 0: drain takes those out";

    private final Operation.Shifting wanted;

    private enum Act {
        WEIGHTS,
        BODY,
        PAUSE,
        /** Something went wrong. */
        BACK
    }

    record About(long farm, String said, List<Member> from, List<Member> to) {}

    /** @param weight null for none, which is 1 */
    record Member(long id, String name, Integer weight) {}

    Shift(Course course, Operation.Shifting wanted, Body body) {
        super(course, body);
        this.wanted = wanted;
    }

    @Override
    Class<About> type() {
        return About.class;
    }

    @Override
    About begun(FarmAndServers there) {
        About about = new About(
                there.farm().farmId(),
                there.said(wanted.protocol()),
                members(there, wanted.from()),
                members(there, wanted.to()));
        if ("first".equals(there.farm().balance())) {
            throw refused(about, "is balanced by first, which knows no weights");
        }
        List<Long> named = Stream.concat(about.from().stream(), about.to().stream())
                .map(Member::id)
                .toList();
        if (named.stream().distinct().count() < named.size()) {
            throw refused(about, "has a server that is named on both sides");
        }
        there.servers().stream()
                .filter(Server::takesPart)
                .filter(each -> !named.contains(each.serverId()))
                .findFirst()
                .ifPresent(other -> {
                    throw refused(
                            about, "sends traffic to %s, which is on no side".formatted(FarmAndServers.called(other)));
                });
        Shares shares = shares(about);
        wanted.steps().forEach(shares::of);
        return about;
    }

    private List<Member> members(FarmAndServers there, List<Reference> side) {
        return there.among(new ServersOfFarm(wanted.service(), wanted.protocol(), wanted.farm(), side)).stream()
                .map(each -> {
                    if (!"active".equals(each.status()) || Boolean.TRUE.equals(each.backup())) {
                        throw new IplbException(
                                FailureKind.REFUSED,
                                "%s is %s: a weight would give it nothing"
                                        .formatted(
                                                FarmAndServers.called(each),
                                                "active".equals(each.status()) ? "a backup" : "inactive"));
                    }
                    return new Member(each.serverId(), FarmAndServers.called(each), each.weight());
                })
                .toList();
    }

    private static Shares shares(About about) {
        List<Integer> from = about.from().stream()
                .map(each -> each.weight() == null ? 1 : each.weight())
                .toList();
        if (from.stream().allMatch(each -> each == 0)) {
            throw refused(about, "sends nothing to the servers that it is to move away from");
        }
        return new Shares(
                from,
                about.to().stream()
                        .map(each -> each.weight() == null ? 1 : Math.max(1, each.weight()))
                        .toList());
    }

    private static IplbException refused(About about, String why) {
        return new IplbException(FailureKind.REFUSED, about.said() + " " + why);
    }

    // ---- act by act

    @Override
    CompletableFuture<Report> goOn(JsonNode state) {
        return act(
                state.path("step").asInt(),
                Act.valueOf(state.path("act").asText(Act.WEIGHTS.name())),
                Optional.ofNullable(state.path("until").textValue()).map(Instant::parse),
                state.path("why").asText());
    }

    private CompletableFuture<Report> act(int number, Act act, Optional<Instant> until, String why) {
        if (number == wanted.steps().size()) {
            return done();
        }
        reach(number, act, until, why);
        int share = wanted.steps().get(number);
        return switch (act) {
            case WEIGHTS ->
                otherwise(
                        part("step " + number, weights(shares(found()).of(share))),
                        live -> act(number, Act.BODY, Optional.empty(), ""),
                        failure -> back(number, failure));
            case BODY -> otherwise(body(number, share), done -> paused(number), failure -> back(number, failure));
            case PAUSE ->
                otherwise(
                        course().unlessCalledOff(() -> course().pause(
                                        until.orElseThrow(), "%d %% is live, the next step comes".formatted(share))),
                        over -> act(number + 1, Act.WEIGHTS, Optional.empty(), ""),
                        failure -> back(number, failure));
            case BACK ->
                otherwise(
                        course().part("back", before()),
                        there -> failed(
                                "%s, at %d %%: the weights of %s are as they were"
                                        .formatted(why, share, found().said()),
                                null),
                        failure -> failed(
                                "%s, at %d %%: putting the weights of %s back failed, too: %s"
                                        .formatted(why, share, found().said(), failure.getMessage()),
                                failure));
        };
    }

    private CompletableFuture<Report> paused(int number) {
        boolean last = number + 1 == wanted.steps().size();
        return last || wanted.every().isEmpty()
                ? act(number + 1, Act.WEIGHTS, Optional.empty(), "")
                : act(
                        number,
                        Act.PAUSE,
                        wanted.every().map(every -> course().now().plus(Durations.parse("every", every))),
                        "");
    }

    private CompletableFuture<Report> back(int number, Throwable failure) {
        return act(number, Act.BACK, Optional.empty(), String.valueOf(failure.getMessage()));
    }

    private void reach(int number, Act act, Optional<Instant> until, String why) {
        ObjectNode state = Fields.none()
                .with("step", number)
                .with("act", act.name())
                .withPresent("until", until.map(Instant::toString))
                .json();
        course().reach(why.isEmpty() ? state : state.put("why", why));
    }

    private CompletableFuture<Void> body(int number, int share) {
        course().tell(WaitStatus.of("%d %% is live: step %d of %d"
                .formatted(share, number + 1, wanted.steps().size())));
        return body(Map.of(SHARE, Integer.toString(share)));
    }

    private Operation.OnLoadBalancer weights(Shares.Weights weights) {
        return configuring(
                Stream.concat(weights.from().stream(), weights.to().stream()).toList());
    }

    private Operation.OnLoadBalancer before() {
        return configuring(members()
                .map(each -> each.weight() == null ? Parameter.NONE : each.weight())
                .toList());
    }

    private Stream<Member> members() {
        return Stream.concat(found().from().stream(), found().to().stream());
    }

    private Operation.OnLoadBalancer configuring(List<?> weights) {
        OperationType type = Catalogue.named("ensure-server");
        List<Member> all = members().toList();
        List<Wish> wishes = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            wishes.addAll(Wish.all(
                    type,
                    Fields.none()
                            .with("service", wanted.service())
                            .with("protocol", wanted.protocol().code())
                            .with("farm", Long.toString(found().farm()))
                            .with("server", Long.toString(all.get(i).id()))
                            .with("weight", weights.get(i)),
                    "shift"));
        }
        return new Operation.Configuring(wanted.service(), wishes, List.of(), Optional.empty(), true);
    }

    @Override
    CompletableFuture<Report> done() {
        int last = wanted.steps().get(wanted.steps().size() - 1);
        Shares.Weights weights = shares(found()).of(last);
        ObjectNode result = Fields.none()
                .with("farmId", found().farm())
                .with("share", last)
                .with("weights", named(weights))
                .json();
        if (last == 100) {
            course().tell(WaitStatus.warning(STAY));
            result.putArray("warnings").add(STAY);
        }
        return CompletableFuture.completedFuture(course().finish(true, foundJson(), result));
    }

    private Map<String, Integer> named(Shares.Weights weights) {
        List<Integer> all =
                Stream.concat(weights.from().stream(), weights.to().stream()).toList();
        List<Member> members = members().toList();
        return IntStream.range(0, all.size())
                .boxed()
                .collect(Collectors.toMap(
                        i -> members.get(i).name(), all::get, (one, other) -> one, LinkedHashMap::new));
    }
}
