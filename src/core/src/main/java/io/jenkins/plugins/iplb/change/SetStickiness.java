package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.ServiceCalls;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Subject;
import java.util.Objects;

/**
 * How a farm keeps the requests of one session on one server (OVH's guide "Suivi de connexion").
 *
 * @param mode {@code cookie} (http), {@code sourceIp} (http, tcp) or {@code none}
 */
public record SetStickiness(String service, Protocol protocol, Reference farm, String mode) implements Change {
    /** How; what a farm takes, but never left as it is. */
    public static final Parameter PARAMETER =
            EnsureFarm.FIELDS.parameter("stickiness").needed();

    public SetStickiness {
        service = ServiceName.parse(service);
        if (protocol == Protocol.UDP) {
            throw new InvalidInput("protocol", protocol.code(), "http, tcp: udp has no stickiness");
        }
        Parameter known = PARAMETER.on(protocol);
        if (mode == null) {
            throw known.missing();
        }
        known.check(mode);
    }

    @Override
    public String operation() {
        return "set-stickiness";
    }

    @Override
    public Fields wanted() {
        return Fields.none()
                .with("protocol", protocol.code())
                .with("farm", farm.text())
                .withPresent("zone", farm.zone())
                .with("stickiness", mode);
    }

    @Override
    public Plan plan(Reader reader) {
        Farm found = reader.farm(protocol, farm);
        String value = Parameter.NONE.equals(mode) ? null : mode;
        Fields lacking = Objects.equals(found.stickiness(), value)
                ? Fields.none()
                : Fields.none().with("stickiness", value);
        ObjectNode result = Fields.none()
                .with("farmId", found.farmId())
                .with("stickiness", mode)
                .json();
        return Plan.altering(
                Subject.of(Kind.STICKINESS, null).in(Subjects.of(Kind.FARM, found)),
                reader.lines(protocol),
                EnsureFarm.FIELDS,
                found,
                lacking,
                new ServiceCalls(service).updateFarm(protocol, found.farmId(), lacking),
                result);
    }
}
