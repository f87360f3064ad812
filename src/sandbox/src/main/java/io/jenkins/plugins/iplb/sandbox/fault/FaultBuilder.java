package io.jenkins.plugins.iplb.sandbox.fault;

import io.jenkins.plugins.iplb.sandbox.http.PathPattern;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** Which calls a fault hits, and how often; each of the last methods arms it. Without {@link #times} it hits for ever. */
public final class FaultBuilder {
    private final Consumer<ArmedFault> armed;
    private final String method;
    private final PathPattern path;
    private int times = Integer.MAX_VALUE;
    private double probability = 1;
    private Duration delay = Duration.ZERO;
    private Misbehaviour.Act answer = Misbehaviour.Act.status;

    FaultBuilder(Consumer<ArmedFault> armed, String method, PathPattern path) {
        this.armed = armed;
        this.method = method;
        this.path = path;
    }

    /** Only the first n matching calls. */
    public FaultBuilder times(int n) {
        times = n;
        return this;
    }

    /** @param p 0 to 1, drawn from the seeded random numbers of {@link Faults#seed} */
    public FaultBuilder probability(double p) {
        probability = p;
        return this;
    }

    /** Holds the call back, before whatever else happens to it. */
    public FaultBuilder delayed(Duration time) {
        delay = time;
        return this;
    }

    /** Whatever status is answered, the call has its effect before. */
    public FaultBuilder afterEffect() {
        answer = Misbehaviour.Act.statusAfterEffect;
        return this;
    }

    /** An OVH-like application error of this status; no effect, unless {@link #afterEffect} says so. */
    public void status(int status) {
        status(
                status,
                Map.of(),
                "application/json",
                "{\"class\":\"Server::Unavailable\",\"message\":\"Fault asked for\"}");
    }

    /** As {@link #status(int)}, with {@code Retry-After} in seconds. */
    public void statusWithRetryAfter(int status, int seconds) {
        status(
                status,
                Map.of("Retry-After", Integer.toString(seconds)),
                "application/json",
                "{\"class\":\"Client::TooManyRequests\",\"message\":\"Fault asked for\"}");
    }

    /** A page of HTML, as gateways answer; no effect, unless {@link #afterEffect} says so. */
    public void html(int status) {
        status(status, Map.of(), "text/html", "<html><body><h1>" + status + "</h1></body></html>");
    }

    /** A reply of the fault's own; no effect, unless {@link #afterEffect} says so. */
    public void status(int status, Map<String, String> headers, String contentType, String body) {
        arm(new Misbehaviour(answer, delay, status, headers, contentType, body, Duration.ZERO));
    }

    /** Nothing but a delay before the effect. */
    public void delay(Duration time) {
        delay = time;
        act(Misbehaviour.Act.none);
    }

    public void slowBody(Duration betweenBytes) {
        arm(new Misbehaviour(Misbehaviour.Act.slowBody, delay, 0, Map.of(), "", "", betweenBytes));
    }

    public void cutBeforeEffect() {
        act(Misbehaviour.Act.cutBeforeEffect);
    }

    public void cutAfterEffect() {
        act(Misbehaviour.Act.cutAfterEffect);
    }

    public void garbageAfterEffect() {
        act(Misbehaviour.Act.garbageAfterEffect);
    }

    public void emptyAfterEffect() {
        act(Misbehaviour.Act.emptyAfterEffect);
    }

    void act(Misbehaviour.Act act) {
        arm(Misbehaviour.of(act, delay));
    }

    void arm(Misbehaviour misbehaviour) {
        armed.accept(new ArmedFault(method, path, probability, times, misbehaviour));
    }
}
