package io.jenkins.plugins.iplb.sandbox.testing;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.util.List;
import java.util.stream.Stream;

/** What was done to the demo world and what has come of it. */
public final class Deeds {
    private Deeds() {}

    /** All calls but GETs and those for tokens, oldest first. */
    public static List<Exchange> writes(Sandbox sandbox) {
        return sandbox.calls().all().stream()
                .filter(call -> !call.method().equals("GET") && !call.path().startsWith("/auth"))
                .toList();
    }

    /**
     * Every write that had its effect, in its order, and everything that is there, with its ids: where two runs agree in
     * this, nothing has happened in one of them that has not in the other.
     */
    public static List<String> of(Sandbox sandbox) {
        ServiceSeed shop = sandbox.world().service(DemoWorld.SERVICE);
        Stream<String> effects = writes(sandbox).stream()
                .filter(Exchange::effect)
                .map(call -> call.method() + " " + call.rawPath() + " " + call.requestBody());
        Stream<String> items = Stream.of("tcp", "http")
                .flatMap(protocol ->
                        Stream.of("frontend", "farm", "route", "rule").map(kind -> protocol + "/" + kind))
                .flatMap(kind -> Stream.of(
                        "staged " + shop.staged(kind),
                        "gra " + shop.live("gra", kind),
                        "rbx " + shop.live("rbx", kind)));
        Stream<String> others =
                Stream.of("pending " + shop.pending(), "ip " + sandbox.world().routedTo(DemoWorld.MOVABLE_IP));
        return Stream.of(effects, items, others).flatMap(each -> each).toList();
    }
}
