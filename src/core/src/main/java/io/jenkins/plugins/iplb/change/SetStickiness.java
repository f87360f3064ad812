package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.ServiceCalls;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.List;
import java.util.Objects;

/**
 * How a farm keeps the requests of one session on one server (OVH's guide "Suivi de connexion").
 *
 * @param mode {@code cookie} (http), {@code sourceIp} (http, tcp) or {@code none}
 */
public record SetStickiness(String service, Protocol protocol, Reference farm, String mode) implements Change {
    private static final String NONE = "none";

    public SetStickiness {
        service = ServiceName.parse(service);
        List<String> allowed = switch (protocol) {
            case HTTP -> List.of("cookie", "sourceIp", NONE);
            case TCP -> List.of("sourceIp", NONE);
            case UDP -> throw new InvalidInput("protocol", protocol.code(), "http, tcp: udp has no stickiness");
        };
        if (mode == null || !allowed.contains(mode)) {
            throw new InvalidInput(
                    "stickiness", mode, "for %s one of %s".formatted(protocol.code(), String.join(", ", allowed)));
        }
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
                .with("stickiness", mode);
    }

    @Override
    public Plan plan(Reader reader) {
        Farm found = reader.farm(protocol, farm);
        String value = NONE.equals(mode) ? null : mode;
        ObjectNode before = view(found, found.stickiness());
        ObjectNode after = view(found, value);
        Fields fields = Fields.none().with("stickiness", value);
        List<Write> writes = Objects.equals(found.stickiness(), value)
                ? List.of()
                : List.of(new Write.Alter(new ServiceCalls(service).updateFarm(protocol, found.farmId(), fields)));
        ObjectNode result = Fields.none()
                .with("farmId", found.farmId())
                .with("stickiness", mode)
                .json();
        return new Plan(before, after, writes, result);
    }

    private static ObjectNode view(Farm farm, String stickiness) {
        return Fields.none()
                .with("farmId", farm.farmId())
                .with("displayName", farm.displayName())
                .with("stickiness", stickiness)
                .json();
    }
}
