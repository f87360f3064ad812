package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Named;
import io.jenkins.plugins.iplb.api.Route;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.OvhException;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Difference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A plan that is carried out, each of its calls once: first all that makes something, then a look at what others have made
 * meanwhile, then the rest.
 *
 * <p>OVH has neither locks nor idempotency keys, so that two who know nothing of each other may both find that something is
 * missing, and both make it. Of what means the same the one of the lowest id stays; whoever has made another removes that
 * and goes on with the one that stays. Whoever makes one later sees the earlier one when looking, so that all agree.
 */
public final class Execution {
    private final OvhSession ovh;
    private final IdsToCome ids;
    private final Function<Snapshot, Plan> planning;
    private final BiConsumer<ApiCall, Optional<Long>> sent;
    private final List<Made> made = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Plan plan;
    private CreatedIds created = CreatedIds.NONE;
    private int next;

    /** Who is told that what was to be made is there. */
    @FunctionalInterface
    public interface Found {
        /** @param object as it was found */
        void instead(About about, JsonNode object, List<Difference> differences);
    }

    /** @param id what OVH has given it */
    private record Made(NewId as, ApiCall post, long id) {

        private ApiCall removal() {
            return removal(id);
        }

        /** That of one that stands beside it. */
        private ApiCall removal(long other) {
            List<Object> path = new ArrayList<>(post.path());
            path.add(other);
            return ApiCall.delete(path.toArray());
        }

        private String collection() {
            return String.join("/", post.path());
        }
    }

    /**
     * @param planning plans the same again
     * @param sent is told of each call and what it has made
     */
    Execution(
            OvhSession ovh,
            Plan plan,
            IdsToCome ids,
            Function<Snapshot, Plan> planning,
            BiConsumer<ApiCall, Optional<Long>> sent) {
        this.ovh = ovh;
        this.plan = plan;
        this.ids = ids;
        this.planning = planning;
        this.sent = sent;
    }

    /** What is carried out: what was planned first, unless somebody else has made it meanwhile. */
    public Plan plan() {
        return plan;
    }

    /** What has become of what somebody else has made as well, each in one sentence. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Sends the calls up to the first one that makes something: what is made first has its place before what is made later. */
    public void begin() {
        creating().findFirst().ifPresent(this::send);
    }

    /** Sends the calls up to the last one that makes something. */
    public void make() {
        creating().reduce((one, later) -> later).ifPresent(this::send);
    }

    /** Up to where each of those that make something is sent. */
    private Stream<Integer> creating() {
        return IntStream.range(0, plan.steps().size())
                .filter(i -> plan.steps().get(i).creates().isPresent())
                .mapToObj(i -> i + 1);
    }

    /** Where to look for what others have made, below the API; empty when it has made nothing that must be the only one. */
    public Optional<String> collection() {
        return made.stream().findFirst().map(Made::collection);
    }

    /**
     * Gives way to those who came first.
     *
     * @param now the load balancer, not looked at before all was made
     * @param found is told before what was made is removed
     */
    public void giveWay(Snapshot now, Found found) {
        for (Made own : List.copyOf(made)) {
            List<? extends Named> twins = now.beside(own.post()).stream()
                    .filter(own.as()::isTwin)
                    .filter(other -> !ids.isOwn(own.removal(other.id())))
                    .sorted(Comparator.comparing(Named::id))
                    .toList();
            if (twins.isEmpty() || twins.get(0).id() > own.id()) {
                continue;
            }
            Named first = twins.get(0);
            notes.add(
                    "somebody else has made %s at the same moment: theirs, %d, stays, and what was made here, %d, is removed"
                            .formatted(Subjects.said(own.post(), first), first.id(), own.id()));
            if (own.equals(made.get(0)) && plan.before().isNull()) {
                twins.subList(1, twins.size()).forEach(each -> now.learn(own.removal(each.id()), Optional.empty()));
                now.learn(own.removal(), Optional.empty());
                goOnWith(first, own, now, found);
                collection().ifPresent(list -> giveWay(new Snapshot(ovh, now.service()), found));
                return;
            }
            remove(own);
            isNow(own, first);
        }
    }

    /** A route is attached last. */
    private static boolean isHalfMade(Named theirs) {
        return theirs instanceof Route route && route.isDetached();
    }

    /** The whole that was made is another one, which may differ from what is meant. */
    private void goOnWith(Named theirs, Made own, Snapshot now, Found found) {
        found.instead(plan.about().effective(false), Plan.json(theirs), List.of());
        remove(own);
        made.clear();
        isNow(own, theirs);
        Plan again = planning.apply(now);
        plan = isHalfMade(theirs) ? again.begunByOthers() : again;
        found.instead(plan.about(), plan.before(), plan.diff());
        created = CreatedIds.NONE;
        next = 0;
        make();
    }

    private void isNow(Made own, Named theirs) {
        created = created.with(own.as(), theirs.id());
        ids.made(own.as(), theirs.id());
    }

    /** Others who found two of it may have removed it first. */
    private void remove(Made own) {
        try {
            ovh.send(own.removal());
        } catch (OvhException e) {
            if (!e.isNotFound()) {
                throw e;
            }
        }
    }

    /** Sends the rest. @return the result of the plan with the ids of what was made */
    public ObjectNode finish() {
        send(plan.steps().size());
        return (ObjectNode) ids.in(plan.result().apply(created));
    }

    private void send(int end) {
        for (; next < end; next++) {
            PlannedStep step = plan.steps().get(next);
            ApiCall call = ids.in(step.call().apply(created));
            Optional<Long> id = step.creates().map(as -> as.create(ovh, call));
            if (id.isPresent()) {
                made(new Made(step.creates().get(), call, id.get()));
            } else {
                ovh.send(call);
            }
            sent.accept(call, id);
        }
    }

    private void made(Made one) {
        created = created.with(one.as(), one.id());
        ids.made(one.as(), one.id());
        if (one.as().isUnique()) {
            made.add(one);
            ids.own(one.removal());
        }
    }
}
