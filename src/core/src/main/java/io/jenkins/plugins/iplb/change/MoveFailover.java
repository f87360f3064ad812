package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.api.Destinations;
import io.jenkins.plugins.iplb.api.FailoverIp;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.IpTask;
import io.jenkins.plugins.iplb.api.NewMove;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Nearest;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Subject;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where a failover IP is routed: to a load balancer, or away from one (OVH's guide "Router une IP Failover").
 *
 * @param ip the whole block: OVH moves no part of one
 * @param to the service it is to be routed to
 */
public record MoveFailover(IpBlock ip, String to) implements Change {
    private static final String TASK = "taskId";
    private static final String ROUTED_TO = "routedTo";
    private static final int MOST_NAMED = 5;

    public MoveFailover {
        if (to == null || to.isBlank()) {
            throw new InvalidInput("to", to, "the name of the service that gets the address");
        }
        to = to.strip();
    }

    @Override
    public String operation() {
        return "move-failover";
    }

    @Override
    public String service() {
        return to;
    }

    @Override
    public Fields wanted() {
        return Fields.none().with("ip", ip).with("to", to);
    }

    @Override
    public Plan plan(Reader reader) {
        // In this order: a move that ends in between is seen as running, or by where the address is then.
        List<IpTask> moves = reader.ips().moves(ip);
        FailoverIp found = reader.ips().read(ip);
        ObjectNode result = Fields.none()
                .with("ip", ip)
                .with("from", found.service())
                .with("to", to)
                .json();
        for (IpTask move : moves) {
            if (move.isRunning()) {
                return join(move, found, result);
            }
        }
        if (to.equals(found.service())) {
            return plan(found, List.of(), created -> result);
        }
        mustBeLegal(reader.ips().destinations(ip));
        NewMove move = new NewMove(ip, to, moves.stream().map(IpTask::taskId).collect(Collectors.toUnmodifiableSet()));
        NewId taskId = new NewId((ovh, post) -> move.start(ovh));
        return plan(
                found,
                List.of(PlannedStep.of(move.post()).creating(taskId)),
                created -> new Fields(result)
                        .withPresent(TASK, created.find(taskId))
                        .json());
    }

    /** The task that moves the address, by the result of this change; empty when the address is there already. */
    public OptionalLong task(ObjectNode result) {
        JsonNode task = result.path(TASK);
        return task.isIntegralNumber() ? OptionalLong.of(task.longValue()) : OptionalLong.empty();
    }

    /** A move that is under way already is either the one that is wanted, or in its way. */
    private Plan join(IpTask move, FailoverIp found, ObjectNode result) {
        if (!move.goesTo(to)) {
            throw new IplbException(
                    FailureKind.CONFLICT,
                    "%s is being moved to %s (task %d): wait until that is over"
                            .formatted(
                                    ip,
                                    move.destination() == null
                                            ? "another service"
                                            : move.destination().serviceName(),
                                    move.taskId()));
        }
        ObjectNode known = result.put(TASK, move.taskId());
        return plan(found, List.of(), created -> known);
    }

    private Plan plan(FailoverIp found, List<PlannedStep> steps, Function<CreatedIds, ObjectNode> result) {
        Subject subject =
                Subject.of(Kind.FAILOVER_IP, Subjects.address(ip.cidr())).in(Subject.of(Kind.SERVICE, to));
        List<Difference> diff = to.equals(found.service())
                ? List.of()
                : List.of(new Difference("to", TextNode.valueOf(found.service()), TextNode.valueOf(to)));
        return new Plan(new About(Effect.MOVED, subject), diff, view(found.service()), view(to), steps, result);
    }

    private void mustBeLegal(Destinations destinations) {
        List<String> services = destinations.services();
        if (!services.contains(to)) {
            throw new IplbException(
                    FailureKind.REFUSED,
                    "%s cannot be moved to %s; OVH allows: %s%s"
                            .formatted(ip, to, allowed(destinations, services), meant(services)));
        }
    }

    /** A few by their names, more by how many of each kind there are. */
    private static String allowed(Destinations destinations, List<String> services) {
        if (services.isEmpty()) {
            return "nothing";
        }
        return services.size() <= MOST_NAMED
                ? String.join(", ", services)
                : destinations.byKind().entrySet().stream()
                        .map(kind -> kind.getValue().size() + " " + kind.getKey())
                        .collect(Collectors.joining(", ", services.size() + " services (", ")"));
    }

    private String meant(List<String> services) {
        List<String> near = services.size() <= MOST_NAMED ? List.of() : Nearest.all(to, services, MOST_NAMED);
        return near.isEmpty() ? "" : ". Did you mean %s?".formatted(String.join(" or ", near));
    }

    /** Where it goes, somebody else loses it. */
    @Override
    public List<String> warnings(Reader reader, Plan plan) {
        return plan.changes() && plan.before().hasNonNull(ROUTED_TO)
                ? List.of("%s loses %s".formatted(plan.before().path(ROUTED_TO).asText(), ip))
                : List.of();
    }

    private static ObjectNode view(String service) {
        return Fields.none().with(ROUTED_TO, service).json();
    }
}
