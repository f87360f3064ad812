package io.jenkins.plugins.iplb.sandbox.server;

import io.jenkins.plugins.iplb.sandbox.auth.TokenEndpoint;
import io.jenkins.plugins.iplb.sandbox.fault.Faults;
import io.jenkins.plugins.iplb.sandbox.fault.Misbehaviour;
import io.jenkins.plugins.iplb.sandbox.http.ApiError;
import io.jenkins.plugins.iplb.sandbox.http.ApiRequest;
import io.jenkins.plugins.iplb.sandbox.http.CallLog;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.http.Paths;
import io.jenkins.plugins.iplb.sandbox.http.Reply;
import io.jenkins.plugins.iplb.sandbox.metrics.MetricsEndpoint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.DateGenerator;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** One exchange from end to end: the fault it may meet, the effect it may have, the log line it leaves, the reply. */
final class ApiHandler extends Handler.Abstract {
    private static final Pattern PRIVATE_KEY =
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----", Pattern.DOTALL);

    private static final Set<String> CREDENTIAL_HEADERS = Set.of("authorization", "x-ovh-consumer", "x-ovh-signature");

    private final Dispatcher dispatcher;
    private final TokenEndpoint tokens;
    private final MetricsEndpoint metrics;
    private final Faults faults;
    private final CallLog calls;
    private final Runnable afterEffect;
    private final Supplier<Instant> now;
    private final QueryIds queryIds = new QueryIds();

    /** @param afterEffect runs after every call that changed something, before its reply leaves */
    ApiHandler(
            Dispatcher dispatcher,
            TokenEndpoint tokens,
            MetricsEndpoint metrics,
            Faults faults,
            CallLog calls,
            Runnable afterEffect,
            Supplier<Instant> now) {
        this.dispatcher = dispatcher;
        this.tokens = tokens;
        this.metrics = metrics;
        this.faults = faults;
        this.calls = calls;
        this.afterEffect = afterEffect;
        this.now = now;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        ApiRequest asked = Requests.read(request);
        String queryId = queryIds.next();
        Optional<Misbehaviour> fault = faults.strike(asked.method(), asked.path());
        Misbehaviour.Act act = fault.map(Misbehaviour::act).orElse(Misbehaviour.Act.none);
        response.getHeaders().put(HttpHeader.DATE, DateGenerator.formatDate(now.get()));
        Wire wire = new Wire(request, response, callback);
        wire.pause(fault.map(Misbehaviour::delay).orElse(Duration.ZERO));

        boolean reached = act != Misbehaviour.Act.cutBeforeEffect && act != Misbehaviour.Act.status;
        Dispatcher.Outcome outcome = reached ? answer(asked) : new Dispatcher.Outcome(null, "unknown");
        boolean effect =
                reached && !asked.method().equals("GET") && outcome.reply().status() == 200;
        if (effect) {
            afterEffect.run();
        }
        Optional<Reply> reply = spoil(outcome.reply(), fault);
        calls.add(exchange(asked, queryId, outcome.who(), reply, effect, fault));
        if (reply.isEmpty()) {
            wire.cut();
        } else if (act == Misbehaviour.Act.slowBody) {
            wire.dribble(reply.get(), queryId, fault.orElseThrow().pace());
        } else {
            wire.send(reply.get(), queryId);
        }
        return true;
    }

    private Dispatcher.Outcome answer(ApiRequest asked) {
        if (asked.path().equals(TokenEndpoint.PATH) && !Requests.isApi(asked)) {
            return new Dispatcher.Outcome(tokens.answer(asked), "anonymous");
        }
        if (asked.path().startsWith(MetricsEndpoint.ROOT) && !Requests.isApi(asked)) {
            return new Dispatcher.Outcome(metrics.answer(asked), "metrics");
        }
        if (!Requests.isApi(asked)) {
            return new Dispatcher.Outcome(
                    Reply.error(ApiError.notFound("Got an invalid (or empty) URL to call")), "anonymous");
        }
        return dispatcher.dispatch(asked);
    }

    /** @return what is really sent; nothing = the connection is cut */
    private static Optional<Reply> spoil(Reply honest, Optional<Misbehaviour> fault) {
        if (fault.isEmpty()) {
            return Optional.of(honest);
        }
        Misbehaviour wrong = fault.get();
        return switch (wrong.act()) {
            case none, slowBody -> Optional.of(honest);
            case cutBeforeEffect, cutAfterEffect -> Optional.empty();
            case status, statusAfterEffect ->
                Optional.of(new Reply(
                        wrong.status(),
                        wrong.headers(),
                        wrong.contentType(),
                        wrong.body().getBytes(StandardCharsets.UTF_8)));
            case garbageAfterEffect ->
                Optional.of(honest.withBody(Reply.JSON, "{\"id\": 12, \"act".getBytes(StandardCharsets.UTF_8)));
            case emptyAfterEffect -> Optional.of(honest.withBody(Reply.JSON, new byte[0]));
        };
    }

    private Exchange exchange(
            ApiRequest asked,
            String queryId,
            String who,
            Optional<Reply> reply,
            boolean effect,
            Optional<Misbehaviour> fault) {
        Map<String, String> headers = new HashMap<>(asked.headers());
        headers.keySet().removeAll(CREDENTIAL_HEADERS);
        int question = asked.target().indexOf('?');
        return new Exchange(
                now.get(),
                asked.method(),
                Paths.decode(asked.path()),
                asked.path(),
                question < 0 ? "" : asked.target().substring(question + 1),
                asked.path().equals(TokenEndpoint.PATH)
                        ? ""
                        : PRIVATE_KEY
                                .matcher(new String(asked.body(), StandardCharsets.UTF_8))
                                .replaceAll("(not logged)"),
                who,
                queryId,
                reply.map(Reply::status).orElse(0),
                effect,
                fault.filter(Misbehaviour::spoilsReply)
                        .map(wrong -> wrong.act().name())
                        .orElse(""),
                headers,
                reply.map(sent -> new String(sent.body(), StandardCharsets.UTF_8))
                        .orElse(""));
    }
}
