package io.jenkins.plugins.iplb.sandbox.ip;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.http.ApiCall;
import io.jenkins.plugins.iplb.sandbox.http.ApiError;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import io.jenkins.plugins.iplb.sandbox.http.Listing;
import io.jenkins.plugins.iplb.sandbox.http.Router;
import io.jenkins.plugins.iplb.sandbox.schema.Field;
import io.jenkins.plugins.iplb.sandbox.schema.IpBlocks;
import io.jenkins.plugins.iplb.sandbox.schema.Shape;
import io.jenkins.plugins.iplb.sandbox.schema.Type;
import io.jenkins.plugins.iplb.sandbox.schema.Types;
import io.jenkins.plugins.iplb.sandbox.world.FailoverIp;
import io.jenkins.plugins.iplb.sandbox.world.IpMove;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code /ip}: where failover IPs are, where they may go, and the tasks that move them. */
public final class IpEndpoints {
    private static final String ROOT = "/ip";
    private static final String ONE = ROOT + "/{ip}";

    private static final Shape MOVE =
            Shape.of(Field.required("to", Types.text()), Field.nullable("nexthop", Types.text()));
    private static final Type FUNCTION = Types.oneOf(
            "arinBlockReassign",
            "changeRipeOrg",
            "checkAndReleaseIp",
            "genericMoveFloatingIp",
            "supernetByoipFailoverPartitioning");
    private static final Type STATUS =
            Types.oneOf("cancelled", "customerError", "doing", "done", "init", "ovhError", "todo");

    private final World world;
    private final Destinations destinations;
    private final Supplier<TaskEnding> endings;

    /** @param endings how the next tasks turn out */
    public IpEndpoints(World world, Supplier<TaskEnding> endings) {
        this.world = world;
        this.destinations = new Destinations(world);
        this.endings = endings;
    }

    public void register(Router router) {
        router.list(ROOT, this::all)
                .get(ONE, call -> show(find(call)))
                .get(ONE + "/move", call -> destinations.show(find(call), call.caller()))
                .post(ONE + "/move", this::move)
                .post(ONE + "/park", this::park)
                .list(ONE + "/task", this::tasks)
                .get(ONE + "/task/{taskId}", this::task);
    }

    private FailoverIp find(ApiCall call) {
        String ip = call.path("ip");
        if (!IpBlocks.isBlock(ip)) {
            throw ApiError.badRequest("Invalid value for parameter ip: '" + ip + "' is not an ipBlock");
        }
        return world.ip(ip)
                .orElseThrow(() -> ApiError.notFound("The requested object (ip = " + ip + ") does not exist"));
    }

    private Listing all(ApiCall call) {
        IpFilter filter = IpFilter.from(call);
        Listing.Builder listing = Listing.of();
        world.ips().stream().filter(filter).forEach(ip -> listing.add(ip.block(), show(ip)));
        return listing.build();
    }

    private static JsonNode show(FailoverIp ip) {
        ObjectNode shown = Json.object();
        shown.put("ip", ip.block());
        shown.put("type", IpFilter.TYPE);
        shown.put("version", IpFilter.version(ip));
        shown.put("isAdditionalIp", true);
        shown.put("bringYourOwnIp", false);
        shown.put("canBeTerminated", true);
        shown.put("description", ip.description().orElse(null));
        shown.putNull("campus");
        shown.put("country", "fr");
        shown.putNull("organisationId");
        shown.put("rir", "RIPE");
        shown.putNull("regions");
        ip.routedTo()
                .ifPresentOrElse(
                        service -> shown.putObject("routedTo").put("serviceName", service),
                        () -> shown.putNull("routedTo"));
        return shown;
    }

    private JsonNode move(ApiCall call) {
        FailoverIp ip = find(call);
        String to = MOVE.create(call.body()).path("to").asText();
        refuseIfMoving(ip);
        destinations.check(ip, to, call.caller());
        return world.startMove(ip, to, endings.get()).show(world.now());
    }

    private JsonNode park(ApiCall call) {
        FailoverIp ip = find(call);
        refuseIfMoving(ip);
        return world.startMove(ip, null, endings.get()).show(world.now());
    }

    private void refuseIfMoving(FailoverIp ip) {
        ip.runningMove(world.now()).ifPresent(move -> {
            throw ApiError.conflict("The IP " + ip.block() + " is already being moved (task " + move.id() + ")");
        });
    }

    private Listing tasks(ApiCall call) {
        FailoverIp ip = find(call);
        Optional<String> function =
                FUNCTION.acceptQuery("function", call.request().query("function"));
        Optional<String> status = STATUS.acceptQuery("status", call.request().query("status"));
        Instant now = world.now();
        Listing.Builder listing = Listing.of();
        ip.moves().stream()
                .filter(move -> !move.timeline().vanished(now))
                .filter(move -> function.filter(wanted -> !wanted.equals(IpMove.FUNCTION))
                        .isEmpty())
                .filter(move -> status.filter(wanted -> !wanted.equals(move.status(now)))
                        .isEmpty())
                .forEach(move -> listing.add(move.id(), move.show(now)));
        return listing.build();
    }

    private JsonNode task(ApiCall call) {
        long id = call.pathId("taskId");
        Instant now = world.now();
        return find(call).moves().stream()
                .filter(move -> move.id() == id && !move.timeline().vanished(now))
                .findFirst()
                .map(move -> move.show(now))
                .orElseThrow(() -> ApiError.notFound("The requested object (taskId = " + id + ") does not exist"));
    }
}
