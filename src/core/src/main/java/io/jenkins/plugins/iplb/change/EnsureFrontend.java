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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A frontend. It is the same frontend when it has the same id or name, if one is given, or else the same port and zone.
 * One that is not there is made, unless it is given by its id. What is not mentioned is left as it is, and null resets
 * it.
 *
 * @param fields name (or id); port (1 to 49151, an increasing range such as {@code 6000-6010}, or a comma-separated list of
 *     both) and zone (one of the service, or {@code all}), without which none is made; farm (the default farm, by its
 *     id or name), ips (the failover IPs it listens on only), disabled; http and tcp: ssl, defaultSslId, allowedSource
 *     or deniedSource; http: hsts, httpHeader, redirectLocation
 */
public record EnsureFrontend(String service, Protocol protocol, Fields fields) implements Change {
    private static final Attributes UDP = Attributes.of(
            "udp frontends",
            Attribute.always("port", Values.PORTS),
            Attribute.always("zone", Values.ZONE),
            Attribute.always("name", Values.ID_OR_NAME).as("displayName"),
            Attribute.orNull("farm", Values.reference("farm")).as("defaultFarmId"),
            Attribute.orNull("ips", Values.BLOCKS).as("dedicatedIpfo"),
            Attribute.always("disabled", Values.BOOLEAN, false));
    private static final Attributes TCP = UDP.and(
            "tcp frontends",
            Attribute.always("ssl", Values.BOOLEAN, false),
            Attribute.orNull("defaultSslId", Values.ID),
            Attribute.orNull("allowedSource", Values.BLOCKS),
            Attribute.orNull("deniedSource", Values.BLOCKS));
    private static final Attributes HTTP = TCP.and(
            "http frontends",
            Attribute.always("hsts", Values.BOOLEAN, false),
            Attribute.orNull(
                    "httpHeader",
                    Values.setOf(Values.matching("\\S+ .*\\S", "a header and its value, such as 'X-Ip-Header %ci'"))),
            Attribute.orNull(
                    "redirectLocation",
                    Values.matching("https?://\\S+", "a URL that begins with http:// or https://")));

    private static final Map<Protocol, Attributes> ATTRIBUTES =
            Map.of(Protocol.HTTP, HTTP, Protocol.TCP, TCP, Protocol.UDP, UDP);

    public EnsureFrontend {
        service = ServiceName.parse(service);
        fields = ATTRIBUTES.get(protocol).check(fields);
        if (fields.get("name") == null) {
            String why = "only a frontend that is there already, by its id or name, needs none";
            needed(fields, "port", why);
            needed(fields, "zone", why);
        }
    }

    /** With the fields that most have. @param name null for none; the others are not mentioned when they are empty */
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
                        .with("port", port)
                        .with("zone", zone)
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
                    Fields lacking = ATTRIBUTES.get(protocol).differing(wanted, Plan.json(found));
                    check(lacking, Plan.json(found), reader);
                    return Plan.altering(
                            found,
                            lacking,
                            calls.updateFrontend(protocol, found.frontendId(), lacking),
                            Fields.none().with("frontendId", found.frontendId()).json());
                })
                .orElseGet(() -> {
                    known.ifPresent(name -> {
                        String why = "there is no %s frontend '%s' yet".formatted(protocol.code(), name);
                        needed(fields, "port", why);
                        needed(fields, "zone", why);
                    });
                    Fields made = ATTRIBUTES.get(protocol).made(wanted);
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
            throw Values.refusal(
                    "deniedSource",
                    after.get("deniedSource"),
                    "nothing while allowedSource is set: one of the two excludes the other");
        }
    }
}
