package io.jenkins.plugins.iplb.fault;

import io.jenkins.plugins.iplb.record.Fate;
import io.jenkins.plugins.iplb.sandbox.fault.FaultBuilder;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What may happen to a POST once, and what a record must say of it and of its repetition. */
enum Mishap {
    CUT_BEFORE_EFFECT(sandbox(FaultBuilder::cutBeforeEffect), Fate.NO_EFFECT, Fate.DONE),
    CUT_AFTER_EFFECT(sandbox(FaultBuilder::cutAfterEffect), Fate.TOOK_EFFECT),
    HTML_503_BEFORE_EFFECT(sandbox(fault -> fault.html(503)), Fate.NO_EFFECT, Fate.DONE),
    STATUS_500_BEFORE_EFFECT(sandbox(fault -> fault.status(500)), Fate.NO_EFFECT, Fate.DONE),
    STATUS_408_BEFORE_EFFECT(sandbox(fault -> fault.status(408)), Fate.NO_EFFECT, Fate.DONE),
    PORTAL_BEFORE_EFFECT(
            sandbox(fault -> fault.status(200, Map.of(), "text/html", "<html>Sign in</html>")),
            Fate.NO_EFFECT,
            Fate.DONE),
    STATUS_500_AFTER_EFFECT(sandbox(fault -> fault.afterEffect().status(500)), Fate.TOOK_EFFECT),
    HTML_502_AFTER_EFFECT(sandbox(fault -> fault.afterEffect().html(502)), Fate.TOOK_EFFECT),
    NO_ANSWER_IN_TIME_AFTER_EFFECT(onTheWay(Meddler.NO_ANSWER_IN_TIME), Fate.TOOK_EFFECT),
    GARBAGE_AFTER_EFFECT(sandbox(FaultBuilder::garbageAfterEffect), Fate.TOOK_EFFECT),
    EMPTY_AFTER_EFFECT(sandbox(FaultBuilder::emptyAfterEffect), Fate.TOOK_EFFECT),
    TOO_MANY_REQUESTS(sandbox(fault -> fault.status(429)), Fate.REFUSED, Fate.DONE),
    TOO_MANY_REQUESTS_WITH_RETRY_AFTER(sandbox(fault -> fault.statusWithRetryAfter(429, 0)), Fate.REFUSED, Fate.DONE);

    private final BiConsumer<FaultBench, Post> arming;
    private final List<Fate> fates;

    Mishap(BiConsumer<FaultBench, Post> arming, Fate... fates) {
        this.arming = arming;
        this.fates = List.of(fates);
    }

    /** Happens to the next POST of that path. */
    void armOnce(FaultBench bench, Post post) {
        arming.accept(bench, post);
    }

    /** The fates of the POST and of its repetition, if there must be one. */
    List<Fate> fates() {
        return fates;
    }

    private static BiConsumer<FaultBench, Post> sandbox(Consumer<FaultBuilder> fault) {
        return (bench, post) ->
                fault.accept(bench.sandbox().faults().on("POST", post.path()).times(1));
    }

    private static BiConsumer<FaultBench, Post> onTheWay(Meddler.Act act) {
        return (bench, post) -> bench.meddler().armOnce(post.path(), act);
    }
}
