package io.jenkins.plugins.iplb.sandbox.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.auth.AuthEndpoints;
import io.jenkins.plugins.iplb.sandbox.auth.Authenticator;
import io.jenkins.plugins.iplb.sandbox.auth.SandboxCredentials;
import io.jenkins.plugins.iplb.sandbox.fault.Faults;
import io.jenkins.plugins.iplb.sandbox.http.ApiCall;
import io.jenkins.plugins.iplb.sandbox.http.ApiError;
import io.jenkins.plugins.iplb.sandbox.http.ApiRequest;
import io.jenkins.plugins.iplb.sandbox.http.Caller;
import io.jenkins.plugins.iplb.sandbox.http.IamActions;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import io.jenkins.plugins.iplb.sandbox.http.Paths;
import io.jenkins.plugins.iplb.sandbox.http.Reply;
import io.jenkins.plugins.iplb.sandbox.http.Router;
import io.jenkins.plugins.iplb.sandbox.ip.IpEndpoints;
import io.jenkins.plugins.iplb.sandbox.loadbalancer.LoadBalancerEndpoints;
import io.jenkins.plugins.iplb.sandbox.metrics.MetricsTokens;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** From a request to the API's reply: finds the call, checks who is calling and by what right, carries it out. */
final class Dispatcher {
    /** The class of an answer that no OVH server would give: the sandbox itself has failed. */
    static final String BUG = "Sandbox::Bug";

    private static final String BATCH = "X-Ovh-Batch";

    private final Router router;
    private final Authenticator authenticator;
    private final World world;
    private final Faults faults;

    private Dispatcher(Router router, Authenticator authenticator, World world, Faults faults) {
        this.router = router;
        this.authenticator = authenticator;
        this.world = world;
        this.faults = faults;
    }

    /** To all calls that there are. @param now the sandbox's clock, skew included */
    static Dispatcher of(
            World world, SandboxCredentials credentials, Faults faults, MetricsTokens tokens, Supplier<Instant> now) {
        Authenticator authenticator = new Authenticator(credentials, now);
        Router router = new Router(IamActions.load());
        new AuthEndpoints(credentials, authenticator, now).register(router);
        new LoadBalancerEndpoints(world, faults::takeEnding, tokens).register(router);
        new IpEndpoints(world, faults::takeEnding).register(router);
        return new Dispatcher(router, authenticator, world, faults);
    }

    /** What came of it, and who had asked; the name is known even when the answer is a refusal. */
    record Outcome(Reply reply, String who) {}

    Outcome dispatch(ApiRequest request) {
        String who = Caller.ANONYMOUS.who();
        try {
            boolean anonymous =
                    router.find(request.method(), request.path()).endpoint().anonymous();
            Caller caller = anonymous ? Caller.ANONYMOUS : authenticator.identify(request);
            who = caller.who();
            Optional<Integer> batched = batchedSegment(request);
            Reply reply = batched.isPresent() ? batch(request, caller, batched.get()) : single(request, caller);
            return new Outcome(reply, who);
        } catch (ApiError refusal) {
            return new Outcome(Reply.error(refusal), who);
        } catch (RuntimeException bug) {
            return new Outcome(Reply.error(ApiError.application(500, BUG, bug.toString())), who);
        }
    }

    private Reply single(ApiRequest request, Caller caller) {
        Router.Match match = router.find(request.method(), request.path());
        if (!match.endpoint().anonymous()) {
            caller.requireRight(
                    request.method(),
                    Paths.decode(request.path()),
                    match.endpoint().iamActions());
        }
        ApiCall call = new ApiCall(request, match.variables(), caller);
        return world.inside(() -> match.endpoint().action().answer(call, faults.expandedLists()));
    }

    /** The path segment that holds several ids, when the request is a batch. */
    private Optional<Integer> batchedSegment(ApiRequest request) {
        Optional<String> separator = separator(request);
        if (separator.isEmpty() || !request.method().equals("GET") || !faults.batch()) {
            return Optional.empty();
        }
        List<String> segments = Paths.segments(request.path());
        for (int i = 0; i < segments.size(); i++) {
            if (Paths.decode(segments.get(i)).contains(separator.get())) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private Reply batch(ApiRequest request, Caller caller, int segment) {
        List<String> segments = Paths.segments(request.path());
        ArrayNode answers = Json.array();
        for (String key : Paths.decode(segments.get(segment))
                .split(Pattern.quote(separator(request).orElseThrow()))) {
            List<String> path = new ArrayList<>(segments);
            path.set(segment, key.replace("/", "%2F"));
            answers.add(element(request.at("/" + String.join("/", path)), caller, key));
        }
        return Reply.json(answers);
    }

    private ObjectNode element(ApiRequest request, Caller caller, String key) {
        ObjectNode element = Json.object().put("key", key);
        try {
            JsonNode value = Json.parse(new String(single(request, caller).body(), StandardCharsets.UTF_8));
            element.set("value", value);
            element.putNull("error");
        } catch (ApiError refusal) {
            element.putNull("value");
            element.set("error", refusal.body());
        }
        return element;
    }

    private static Optional<String> separator(ApiRequest request) {
        return request.header(BATCH).filter(text -> !text.isEmpty());
    }
}
