package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Frontend;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.ServiceCalls;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Attributes;
import io.jenkins.plugins.iplb.parameter.LiveList;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.Value;
import io.jenkins.plugins.iplb.parameter.Values;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A frontend. It is the same frontend when it has the same id or name, if one is given, or else the same port and zone.
 * One that is not there is made, unless it is given by its id. What is not mentioned is left as it is, and null resets
 * it.
 *
 * @param fields name (or id); port (1 to 49151, an increasing range such as {@code 6000-6010}, or a comma-separated list of
 *     both) and zone (one of the service, or {@code all}), without which none is made; farm (the default farm, by its
 *     id or name), ips (the failover IPs it listens on only), disabled; http and tcp: ssl, defaultSslId, forceSni, allowedSource
 *     or deniedSource; http: hsts, httpHeader, redirectLocation
 */
public record EnsureFrontend(String service, Protocol protocol, Fields fields) implements Change {
    /** What can be wished for of a frontend. */
    public static final Attributes FIELDS = Attributes.of(
            "frontends",
            Parameter.of("port", Values.PORTS, "Such as 443, 6000-6010 or 80,443; a new frontend needs it")
                    .attribute(),
            Parameter.of("zone", Values.ZONE, "A zone of the load balancer, or all; a new frontend needs it")
                    .from(LiveList.ZONES)
                    .attribute(),
            Parameter.of(
                            "name",
                            Values.ID_OR_NAME,
                            "The frontend; made under this name when there is none. Default: the one at port and zone")
                    .from(LiveList.FRONTENDS)
                    .orNew()
                    .attribute()
                    .as("displayName"),
            Parameter.of("farm", Values.REFERENCE, "The default farm")
                    .from(LiveList.FARMS)
                    .orNone()
                    .attribute()
                    .as("defaultFarmId"),
            Parameter.of("ips", Values.BLOCKS, "Listen on these failover IPs only")
                    .from(LiveList.FAILOVER_IPS)
                    .orNone()
                    .attribute()
                    .as("dedicatedIpfo"),
            Parameter.of("disabled", Values.FLAG, "Whether it is out of use")
                    .attribute()
                    .initially(false),
            Parameter.of("ssl", Values.FLAG, "Whether it speaks TLS")
                    .only(Protocol.HTTP, Protocol.TCP)
                    .attribute()
                    .initially(false),
            Parameter.of("defaultSslId", Values.ID, "The certificate for clients that name no other")
                    .only(Protocol.HTTP, Protocol.TCP)
                    .orNone()
                    .attribute(),
            Parameter.of("forceSni", Values.FLAG, "Refuse TLS connections that name no host (SNI)")
                    .only(Protocol.HTTP, Protocol.TCP)
                    .attribute()
                    .initially(false),
            Parameter.of("allowedSource", Values.BLOCKS, "Serve these blocks only")
                    .only(Protocol.HTTP, Protocol.TCP)
                    .orNone()
                    .attribute(),
            Parameter.of("deniedSource", Values.BLOCKS, "Do not serve these blocks")
                    .only(Protocol.HTTP, Protocol.TCP)
                    .orNone()
                    .attribute(),
            Parameter.of("hsts", Values.FLAG, "HTTP Strict Transport Security")
                    .only(Protocol.HTTP)
                    .attribute()
                    .initially(false),
            Parameter.of("httpHeader", Values.HEADERS, "Add this header, such as 'X-Ip-Header %ci'")
                    .only(Protocol.HTTP)
                    .orNone()
                    .attribute(),
            Parameter.of("redirectLocation", Values.URL, "Send all clients there")
                    .only(Protocol.HTTP)
                    .orNone()
                    .attribute());

    public EnsureFrontend {
        service = ServiceName.parse(service);
        fields = FIELDS.on(protocol).check(fields);
        if (fields.get("name") == null) {
            String why = "only a frontend that is there already, by its id or name, needs none";
            needed(fields, "port", why);
            needed(fields, "zone", why);
        }
    }

    /** With the fields that most have. What is null or empty is not mentioned. */
    public EnsureFrontend(
            String service,
            Protocol protocol,
            String port,
            String zone,
            String name,
            Optional<Reference> farm,
            Optional<Boolean> ssl,
            Optional<List<IpBlock>> ips) {
        this(
                service,
                protocol,
                Fields.none()
                        .withPresent("port", Optional.ofNullable(port))
                        .withPresent("zone", Optional.ofNullable(zone))
                        .withPresent("name", Optional.ofNullable(name))
                        .withPresent("farm", farm.map(Reference::text))
                        .withPresent("ssl", ssl)
                        .withPresent("ips", ips));
    }

    private static void needed(Fields fields, String name, String why) {
        if (fields.get(name) == null) {
            throw new InvalidInput(name, null, "a %s: %s".formatted(name, why));
        }
    }

    @Override
    public String operation() {
        return "ensure-frontend";
    }

    @Override
    public Fields wanted() {
        return Fields.none().with("protocol", protocol.code()).and(fields);
    }

    @Override
    public Plan plan(Reader reader) {
        Optional<Reference> known =
                Optional.ofNullable(fields.get("name")).map(name -> new Reference(name.textValue()));
        boolean byId = known.isPresent() && known.get().id().isPresent();
        List<Frontend> all = byId
                ? List.of(reader.frontend(protocol, known.get()))
                : reader.lb().frontends(protocol);
        Fields wanted = byId ? withFarm(reader).without("name") : withFarm(reader);
        ServiceCalls calls = new ServiceCalls(service);
        return known.map(named -> Reader.find("frontend", named, all))
                .orElseGet(() -> atPort(all))
                .map(found -> {
                    Fields lacking = FIELDS.on(protocol).differing(wanted, Plan.json(found));
                    check(lacking, Plan.json(found), reader);
                    return Plan.altering(
                            found,
                            lacking,
                            calls.updateFrontend(protocol, found.frontendId(), lacking),
                            Fields.none().with("frontendId", found.frontendId()).json());
                })
                .orElseGet(() -> {
                    known.ifPresent(name -> {
                        String why = "there is no %s frontend '%s' yet%s"
                                .formatted(protocol.code(), name, Reader.nearest(name.text(), all));
                        needed(fields, "port", why);
                        needed(fields, "zone", why);
                    });
                    Fields made = FIELDS.on(protocol).made(wanted);
                    check(made, Fields.none().json(), reader);
                    return Plan.making(
                            calls.createFrontend(protocol, made),
                            "frontendId",
                            all,
                            Fields.none().json());
                });
    }

    private Optional<Frontend> atPort(List<Frontend> all) {
        String port = fields.get("port").textValue();
        String zone = fields.get("zone").textValue();
        List<Frontend> same = all.stream()
                .filter(each -> port.equals(each.port()) && zone.equals(each.zone()))
                .toList();
        return same.isEmpty()
                ? Optional.empty()
                : Optional.of(Reader.single(
                        "frontend is on port %s in zone %s".formatted(port, zone), same, "give its id or its name"));
    }

    /** The farm by its id, as OVH knows it. */
    private Fields withFarm(Reader reader) {
        JsonNode farm = fields.get("farm");
        return farm == null || farm.isNull()
                ? fields
                : fields.with(
                        "farm",
                        reader.farm(protocol, new Reference(farm.textValue())).farmId());
    }

    private void check(Fields sent, ObjectNode there, Reader reader) {
        if (sent.get("zone") != null) {
            reader.zone(sent.get("zone").textValue());
        }
        if (sent.get("dedicatedIpfo") != null) {
            reader.mustHave(StreamSupport.stream(sent.get("dedicatedIpfo").spliterator(), false)
                    .map(block -> IpBlock.parse("ips", block.textValue()))
                    .toList());
        }
        ObjectNode after = there.setAll(sent.json());
        if (!after.path("allowedSource").isEmpty()
                && !after.path("deniedSource").isEmpty()) {
            throw Value.refusal(
                    "deniedSource",
                    after.get("deniedSource"),
                    "nothing while %s is set: one of the two excludes the other",
                    "allowedSource");
        }
    }
}
