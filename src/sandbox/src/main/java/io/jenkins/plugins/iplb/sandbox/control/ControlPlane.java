package io.jenkins.plugins.iplb.sandbox.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.fault.FaultScript;
import io.jenkins.plugins.iplb.sandbox.fault.Faults;
import io.jenkins.plugins.iplb.sandbox.http.ApiError;
import io.jenkins.plugins.iplb.sandbox.http.CallLog;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import io.jenkins.plugins.iplb.sandbox.http.Reply;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * {@code /sandbox/…}: the sandbox's own handles for other processes, without credentials and over http alone.
 * {@code GET|DELETE /sandbox/calls}, {@code GET /sandbox/state}, {@code POST|DELETE /sandbox/faults} (see
 * {@link FaultScript}).
 */
public final class ControlPlane {
    public static final String ROOT = "/sandbox/";

    private final World world;
    private final Faults faults;
    private final CallLog calls;

    public ControlPlane(World world, Faults faults, CallLog calls) {
        this.world = world;
        this.faults = faults;
        this.calls = calls;
    }

    public Reply answer(String method, String path, byte[] body) {
        try {
            return switch (method + " " + path) {
                case "GET /sandbox/calls" ->
                    Reply.json(calls.all().stream().map(ControlPlane::show).collect(Json.toArray()));
                case "DELETE /sandbox/calls" -> done(calls::clear);
                case "GET /sandbox/state" -> Reply.json(world.inside(() -> Json.of(world.snapshot())));
                case "POST /sandbox/faults" -> done(() -> new FaultScript(faults).run(parse(body)));
                case "DELETE /sandbox/faults" -> done(faults::clear);
                default -> Reply.error(ApiError.notFound("The sandbox has no " + method + " " + path));
            };
        } catch (ApiError refusal) {
            return Reply.error(refusal);
        }
    }

    private static JsonNode show(Exchange exchange) {
        ObjectNode shown = (ObjectNode) Json.of(exchange);
        return shown.put("outcome", exchange.outcome());
    }

    private static Reply done(Runnable effect) {
        effect.run();
        return Reply.nothing();
    }

    private static JsonNode parse(byte[] body) {
        try {
            return Json.parse(new String(body, StandardCharsets.UTF_8));
        } catch (UncheckedIOException e) {
            throw ApiError.badRequest("Invalid JSON received");
        }
    }
}
