package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.LoadBalancer;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Attributes;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Values;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Subject;
import java.util.List;

/**
 * What a load balancer is called, and how it speaks TLS. What is not mentioned is left as it is, and null resets it.
 *
 * @param fields name (up to 50 characters), sslConfiguration
 */
public record SetService(String service, Fields fields) implements Change {
    private static final int LONGEST_NAME = 50;

    /** What can be wished for of a load balancer itself. */
    public static final Attributes FIELDS = Attributes.of(
            "load balancers",
            Parameter.of(
                            "name",
                            Values.matching(
                                    "TEXT",
                                    ".{1,%d}".formatted(LONGEST_NAME),
                                    "1 to %d characters".formatted(LONGEST_NAME)),
                            "Its name in the Control Panel")
                    .orNone()
                    .attribute()
                    .as("displayName"),
            Parameter.of(
                            "sslConfiguration",
                            Values.oneOf("intermediate", "modern"),
                            "The cipher suite of its TLS: for most clients, or for new ones only; none: OVH's default")
                    .orNone()
                    .attribute());

    public SetService {
        service = ServiceName.parse(service);
        fields = FIELDS.check(fields);
    }

    @Override
    public String operation() {
        return "set-service";
    }

    @Override
    public Fields wanted() {
        return fields;
    }

    @Override
    public Plan plan(Reader reader) {
        LoadBalancer found = reader.lb().loadBalancer();
        ObjectNode before = Fields.none()
                .with("displayName", found.displayName())
                .with("sslConfiguration", found.sslConfiguration())
                .json();
        Fields lacking = FIELDS.differing(fields, before);
        ObjectNode after = before.deepCopy().setAll(lacking.json());
        return new Plan(
                new About(Effect.CHANGED, Subject.of(Kind.SERVICE, service)),
                reader.lines(Protocol.HTTP).attributes(FIELDS, before, after),
                before,
                after,
                lacking.isEmpty()
                        ? List.of()
                        : List.of(PlannedStep.of(reader.calls().updateService(lacking))),
                Fields.none().json());
    }
}
