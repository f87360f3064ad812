package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Certificate;
import io.jenkins.plugins.iplb.api.CertificateOrders;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.api.Task;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Subject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A certificate that OVH gets for nothing, renews and puts in use by itself (OVH's guide "Commander un certificat SSL
 * gratuit"). Each of the names must lead to the load balancer already: that is how its owner is told.
 *
 * @param hosts a set
 */
public record OrderFreeCertificate(String service, List<String> hosts) implements Change {
    private static final String TASK = "taskId";

    public OrderFreeCertificate {
        service = ServiceName.parse(service);
        hosts = hosts.stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    @Override
    public String operation() {
        return "order-free-certificate";
    }

    @Override
    public Fields wanted() {
        return Fields.none().with("hosts", hosts);
    }

    @Override
    public Plan plan(Reader reader) {
        Subject subject = Subject.of(Kind.CERTIFICATE, hosts.get(0));
        return reader.lb().certificates().stream()
                .filter(this::isIt)
                .findFirst()
                .map(there -> new Plan(
                        new About(Effect.ADDED, Subjects.of(Kind.CERTIFICATE, there)),
                        reader.lines(Protocol.HTTP),
                        Plan.json(there),
                        Plan.json(there),
                        List.of(),
                        Fields.none().with("certificateId", there.id()).json()))
                .orElseGet(() -> order(reader, subject));
    }

    /** One that OVH got for just these names. */
    public boolean isIt(Certificate certificate) {
        Set<String> names = certificate.san().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return !certificate.isCustom() && names.equals(Set.copyOf(hosts));
    }

    private Plan order(Reader reader, Subject subject) {
        List<Task> orders = reader.orders().all();
        Optional<Task> running = orders.stream().filter(Task::isRunning).findFirst();
        if (running.isPresent()) {
            return join(running.get(), subject, reader);
        }
        Set<Long> existing = orders.stream().map(Task::id).collect(Collectors.toUnmodifiableSet());
        NewId taskId = NewId.of((ovh, post) -> new CertificateOrders(ovh, service).start(post, existing));
        return new Plan(
                new About(Effect.ADDED, subject),
                reader.lines(Protocol.HTTP)
                        .line("hosts", null, new TreeSet<>(hosts))
                        .all(),
                NullNode.instance,
                Fields.none().with("san", hosts).json(),
                List.of(PlannedStep.of(reader.calls().orderFreeCertificate(hosts))
                        .creating(taskId)),
                created -> Fields.none().withPresent(TASK, created.find(taskId)).json());
    }

    /** An order under way does not tell for which names it is: that is seen when it is over. */
    private static Plan join(Task running, Subject subject, Reader reader) {
        return new Plan(
                new About(Effect.ADDED, subject),
                reader.lines(Protocol.HTTP),
                NullNode.instance,
                NullNode.instance,
                List.of(),
                Fields.none().with(TASK, running.id()).json());
    }

    /** The task that gets it, by the result of this change; empty when it is there already. */
    public OptionalLong task(ObjectNode result) {
        return result.path(TASK).isIntegralNumber()
                ? OptionalLong.of(result.path(TASK).longValue())
                : OptionalLong.empty();
    }
}
