package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.api.FailoverIp;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.IpTask;
import io.jenkins.plugins.iplb.api.NewMove;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Subject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A failover IP that is to be routed elsewhere, which OVH does in a task of its own: at once, without a refresh. */
public sealed interface Rerouting extends Change permits MoveFailover, ParkFailover {
    /** The property of the result that holds the task. */
    String TASK = "taskId";

    /** The property of what is planned that holds the service. */
    String ROUTED_TO = "routedTo";

    /** The whole block: OVH reroutes no part of one. */
    IpBlock ip();

    /** The service that it is to be routed to; null for none. */
    String to();

    /** What becomes of it where its service is concerned. */
    Effect effect();

    /** @throws IplbException when it cannot be rerouted from where it is */
    void check(FailoverIp found, Reader reader);

    @Override
    default Plan plan(Reader reader) {
        // In this order: a move that ends in between is seen as running, or by where the address is then.
        List<IpTask> moves = reader.ips().moves(ip());
        FailoverIp found = reader.ips().read(ip());
        ObjectNode result = Fields.none()
                .with("ip", ip())
                .with("from", found.service())
                .withPresent("to", Optional.ofNullable(to()))
                .json();
        for (IpTask move : moves) {
            if (move.isRunning()) {
                return join(move, found, result);
            }
        }
        if (Objects.equals(to(), found.service())) {
            return plan(found, List.of(), created -> result);
        }
        check(found, reader);
        NewMove move =
                new NewMove(ip(), to(), moves.stream().map(IpTask::taskId).collect(Collectors.toUnmodifiableSet()));
        NewId taskId = NewId.of((ovh, post) -> move.start(ovh));
        return plan(
                found,
                List.of(PlannedStep.of(move.post()).creating(taskId)),
                created -> new Fields(result)
                        .withPresent(TASK, created.find(taskId))
                        .json());
    }

    /** The task that reroutes the address, by the result of this change; empty when the address is there already. */
    default OptionalLong task(ObjectNode result) {
        JsonNode task = result.path(TASK);
        return task.isIntegralNumber() ? OptionalLong.of(task.longValue()) : OptionalLong.empty();
    }

    /** One that is under way already is either the one that is wanted, or in its way. */
    private Plan join(IpTask move, FailoverIp found, ObjectNode result) {
        if (!move.goesTo(to())) {
            throw new IplbException(
                    FailureKind.CONFLICT,
                    "%s is being moved to %s (task %d): wait until that is over"
                            .formatted(
                                    ip(),
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
                Subject.of(Kind.FAILOVER_IP, Subjects.address(ip().cidr())).in(Subject.of(Kind.SERVICE, service()));
        List<Difference> diff = Objects.equals(to(), found.service())
                ? List.of()
                : List.of(new Difference("to", TextNode.valueOf(found.service()), TextNode.valueOf(to())));
        return new Plan(new About(effect(), subject), diff, view(found.service()), view(to()), steps, result);
    }

    private static ObjectNode view(String service) {
        return Fields.none().with(ROUTED_TO, service).json();
    }
}
