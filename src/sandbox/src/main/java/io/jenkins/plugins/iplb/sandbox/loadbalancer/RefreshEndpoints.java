package io.jenkins.plugins.iplb.sandbox.loadbalancer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.sandbox.http.ApiCall;
import io.jenkins.plugins.iplb.sandbox.http.ApiError;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import io.jenkins.plugins.iplb.sandbox.http.Listing;
import io.jenkins.plugins.iplb.sandbox.http.Router;
import io.jenkins.plugins.iplb.sandbox.schema.Field;
import io.jenkins.plugins.iplb.sandbox.schema.Shape;
import io.jenkins.plugins.iplb.sandbox.schema.Type;
import io.jenkins.plugins.iplb.sandbox.schema.Types;
import io.jenkins.plugins.iplb.sandbox.world.LoadBalancer;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Pending changes, the refresh that makes them live, and all tasks. */
final class RefreshEndpoints {
    private static final Shape REFRESH = Shape.of(Field.nullable("zone", Types.text()));
    private static final Type STATUS = Types.oneOf("blocked", "cancelled", "doing", "done", "error", "todo");
    private static final Type ACTION = Types.oneOf(
            "deleteIplb",
            "deployIplb",
            "install",
            "installIplb",
            "installZone",
            "orderFreeCertificate",
            "orderPaidCertificate",
            "orderSsl",
            "refreshIplb",
            "releaseIplb",
            "releaseIplbZone",
            "reopenIplb",
            "suspendIplb",
            "suspendZone",
            "switchToIplbNextGenerationApi",
            "vrackAttach",
            "vrackDetach");

    private final World world;
    private final Services services;
    private final Supplier<TaskEnding> endings;

    /** @param endings how the next tasks turn out */
    RefreshEndpoints(World world, Services services, Supplier<TaskEnding> endings) {
        this.world = world;
        this.services = services;
        this.endings = endings;
    }

    void register(Router router) {
        router.get(Services.SERVICE + "/pendingChanges", this::pendingChanges)
                .post(Services.SERVICE + "/refresh", this::refresh)
                .list(Services.SERVICE + "/task", this::tasks)
                .get(Services.SERVICE + "/task/{id}", this::task);
    }

    private JsonNode pendingChanges(ApiCall call) {
        ArrayNode answer = Json.array();
        services.of(call)
                .pendingByZone()
                .forEach((zone, number) -> answer.addObject().put("zone", zone).put("number", number));
        return answer;
    }

    private JsonNode refresh(ApiCall call) {
        LoadBalancer service = services.of(call);
        List<String> zones = zones(service, REFRESH.create(call.body()));
        service.runningRefresh(world.now()).ifPresent(running -> {
            throw ApiError.conflict("A refresh is already running (task " + running.id() + ")");
        });
        Preflight.problem(service).ifPresent(problem -> {
            throw ApiError.badRequest(problem);
        });
        return world.startRefresh(service, zones, endings.get()).show(world.now());
    }

    private static List<String> zones(LoadBalancer service, ObjectNode body) {
        if (!body.hasNonNull("zone") || body.path("zone").asText().equals(LoadBalancer.ALL_ZONES)) {
            return service.zones();
        }
        String zone = body.path("zone").asText();
        if (!service.zones().contains(zone)) {
            throw ApiError.badRequest(
                    "Invalid value for parameter zone: '" + zone + "' is not a zone of this load balancer");
        }
        return List.of(zone);
    }

    private Listing tasks(ApiCall call) {
        Optional<String> action = ACTION.acceptQuery("action", call.request().query("action"));
        Optional<String> status = STATUS.acceptQuery("status", call.request().query("status"));
        Instant now = world.now();
        Listing.Builder listing = Listing.of();
        services.of(call).tasks().stream()
                .filter(task -> !task.timeline().vanished(now))
                .filter(task -> action.isEmpty() || action.get().equals(task.action()))
                .filter(task -> status.isEmpty() || status.get().equals(task.status(now)))
                .filter(task -> within(call, "creationDate", task.timeline().start()))
                .filter(task -> within(
                        call,
                        "doneDate",
                        task.timeline().over(now) ? task.timeline().end() : null))
                .forEach(task -> listing.add(task.id(), task.show(now)));
        return listing.build();
    }

    private JsonNode task(ApiCall call) {
        long id = call.pathId("id");
        Instant now = world.now();
        return services.of(call).tasks().stream()
                .filter(task -> task.id() == id && !task.timeline().vanished(now))
                .findFirst()
                .map(task -> task.show(now))
                .orElseThrow(() -> ApiError.notFound("The requested object (id = " + id + ") does not exist"));
    }

    /** @param moment null = it has not come yet, and so is in no interval */
    private static boolean within(ApiCall call, String name, Instant moment) {
        Optional<Instant> from = date(call, name + ".from");
        Optional<Instant> to = date(call, name + ".to");
        if (from.isEmpty() && to.isEmpty()) {
            return true;
        }
        return moment != null
                && from.filter(moment::isBefore).isEmpty()
                && to.filter(moment::isAfter).isEmpty();
    }

    private static Optional<Instant> date(ApiCall call, String name) {
        return call.request().query(name).map(text -> {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw Type.refusal(name, TextNode.valueOf(text), "a date and time");
            }
        });
    }
}
