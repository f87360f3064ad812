package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Server;
import io.jenkins.plugins.iplb.api.ServiceCalls;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Attributes;
import io.jenkins.plugins.iplb.parameter.Name;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.Value;
import io.jenkins.plugins.iplb.parameter.Values;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Subject;
import java.util.List;
import java.util.Optional;

/**
 * A server in a farm that is there: the one of that id; or else the one at that address, and port if one is given; or
 * else the one of that name. One that is not there is made, unless it is given by its id. What is not mentioned is left
 * as it is, and null resets it.
 *
 * @param server its id or its name; empty when it is told by its address
 * @param fields address (IPv4; needed to make it, and fixed then), port, status ({@code active}, which a new server is,
 *     or {@code inactive}); http and tcp: weight (0 to 256; 0 receives nothing), backup, probe, ssl, chain,
 *     proxyProtocolVersion, onMarkedDown; http: cookie; of a server that is not given by its name also name
 */
public record EnsureServer(String service, Protocol protocol, Reference farm, Optional<Reference> server, Fields fields)
        implements Change {
    /** What can be wished for of a server. */
    public static final Attributes FIELDS = Attributes.of(
            "servers",
            Parameter.of("address", Values.ADDRESS, "Its address; a new server needs one and keeps it")
                    .attribute(),
            Parameter.of("name", Values.NAME, "Its name").attribute().as("displayName"),
            Parameter.of("port", Values.PORT, "Its port; none: the farm's")
                    .orNone()
                    .attribute(),
            Parameter.of("status", Values.oneOf("active", "inactive"), "Whether it takes part; a new server is active")
                    .attribute(),
            Parameter.of("weight", Values.number(0, 256), "0 to 256; 0 receives nothing, none is 1")
                    .only(Protocol.HTTP, Protocol.TCP)
                    .orNone()
                    .attribute()
                    .initially(1),
            Parameter.of("backup", Values.FLAG, "Only when no other server can")
                    .only(Protocol.HTTP, Protocol.TCP)
                    .attribute()
                    .initially(false),
            Parameter.of("probe", Values.FLAG, "Whether the farm's probe looks after it")
                    .only(Protocol.HTTP, Protocol.TCP)
                    .attribute()
                    .initially(false),
            Parameter.of("ssl", Values.FLAG, "Whether it is spoken to in TLS")
                    .only(Protocol.HTTP, Protocol.TCP)
                    .attribute()
                    .initially(false),
            Parameter.of(
                            "chain",
                            Values.verbatim("PEM", "(?s).*\\S.*", "certificates in PEM form"),
                            "The certificates that its own is checked against, in PEM form")
                    .only(Protocol.HTTP, Protocol.TCP)
                    .orNone()
                    .attribute(),
            Parameter.of(
                            "proxyProtocolVersion",
                            Values.oneOf("v1", "v2", "v2-ssl", "v2-ssl-cn"),
                            "The PROXY header that tells it of the client's address")
                    .only(Protocol.HTTP, Protocol.TCP)
                    .orNone()
                    .attribute(),
            Parameter.of(
                            "onMarkedDown",
                            Values.oneOf("shutdown-sessions"),
                            "What becomes of its connections when it is found to be down")
                    .only(Protocol.HTTP, Protocol.TCP)
                    .orNone()
                    .attribute(),
            Parameter.of(
                            "cookie",
                            Values.verbatim("TEXT", "(?s).{1,255}", "1 to 255 characters"),
                            "Its value of the cookie of a farm whose stickiness is cookie")
                    .only(Protocol.HTTP)
                    .orNone()
                    .attribute());

    public EnsureServer {
        service = ServiceName.parse(service);
        fields = FIELDS.on(protocol).check(fields);
        Optional<String> name = key(server, fields).name();
        name.ifPresent(given -> Name.parse("server", given));
        if (name.isPresent() && fields.get("name") != null) {
            throw Value.refusal("name", fields.get("name"), "nothing for a server that is given by its name");
        }
    }

    private static ServerKey key(Optional<Reference> server, Fields fields) {
        return new ServerKey(
                server,
                Optional.ofNullable(fields.get("address")).map(JsonNode::textValue),
                Optional.ofNullable(fields.get("port"))
                        .filter(port -> !port.isNull() && fields.get("address") != null)
                        .map(JsonNode::intValue));
    }

    @Override
    public String operation() {
        return "ensure-server";
    }

    @Override
    public Fields wanted() {
        return Fields.none()
                .with("protocol", protocol.code())
                .with("farm", farm.text())
                .withPresent("zone", farm.zone())
                .withPresent("server", server.map(Reference::text))
                .and(fields);
    }

    @Override
    public Plan plan(Reader reader) {
        Farm inside = reader.farm(protocol, farm);
        List<Server> all = reader.lb().servers(protocol, inside.farmId());
        ServerKey key = key(server, fields);
        Fields wanted = Fields.none().withPresent("name", key.name()).and(fields);
        ServiceCalls calls = new ServiceCalls(service);
        Subject whole = Subjects.of(Kind.FARM, inside);
        ObjectNode result = Fields.none().with("farmId", inside.farmId()).json();
        return key.find(inside, all)
                .map(found -> {
                    Fields lacking = FIELDS.on(protocol).differing(wanted, Plan.json(found));
                    return Plan.altering(
                            Subjects.of(Kind.SERVER, found).in(whole),
                            reader.lines(protocol),
                            FIELDS,
                            found,
                            lacking,
                            calls.updateServer(protocol, inside.farmId(), found.serverId(), lacking),
                            result.put("serverId", found.serverId()));
                })
                .orElseGet(() -> Plan.making(
                        key.subject().in(whole),
                        reader.lines(protocol),
                        FIELDS,
                        calls.createServer(protocol, inside.farmId(), made(inside, wanted)),
                        "serverId",
                        Plan.newObject("serverId", Plan.ids(all), other -> key.isAt((Server) other, inside)),
                        result));
    }

    @Override
    public List<String> warnings(Reader reader, Plan plan) {
        return SourceHash.warnings(protocol, reader.farm(protocol, farm), plan);
    }

    private Fields made(Farm inside, Fields wanted) {
        if (key(server, fields).isId()) {
            throw new IplbException(
                    FailureKind.REFUSED,
                    "%s farm %d has no server %s".formatted(protocol.code(), inside.farmId(), server.orElseThrow()));
        }
        if (fields.get("address") == null) {
            throw new InvalidInput("address", null, "an IPv4 address: there is no such server yet");
        }
        return FIELDS.on(protocol).made(Fields.none().with("status", "active").and(wanted));
    }
}
