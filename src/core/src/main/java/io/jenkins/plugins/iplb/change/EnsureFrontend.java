package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.Frontend;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.ServiceCalls;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Attributes;
import io.jenkins.plugins.iplb.parameter.LiveList;
import io.jenkins.plugins.iplb.parameter.Name;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Ports;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.Value;
import io.jenkins.plugins.iplb.parameter.Values;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Subject;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A frontend: the one of that id, or of that name, in that zone if one is given; or else the one at that port and zone. One
 * without a name that is at the port gets the name. One that is not there is made, unless it is given by its id. It stays
 * in its zone. What is not mentioned is left as it is, and null resets it.
 *
 * @param frontend its id or its name; empty when it is told by the name among the fields, or by its port
 * @param fields name (the new one, of a frontend that is given by its id; what it is found by when nothing else is given,
 *     digits as its id); port (1 to 49151, an increasing range such as {@code 6000-6010}, or a comma-separated list of
 *     both) and zone (one of the service, or {@code all}), without which none is made; farm (the default farm, by its
 *     id or name), ips (the failover IPs it listens on only), disabled; http and tcp: ssl, defaultSslId (the certificate,
 *     by its id, name or fingerprint), forceSni, allowedSource or deniedSource; http: hsts, httpHeader, redirectLocation
 */
public record EnsureFrontend(String service, Protocol protocol, Optional<Reference> frontend, Fields fields)
        implements Change {
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
                            "Its name; what it is found by, in that zone, when neither its id nor its port tells it")
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
            Parameter.of(
                            "defaultSslId",
                            Values.REFERENCE,
                            "The certificate for clients that name no other; its fingerprint will do")
                    .from(LiveList.CERTIFICATES)
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

    /** The id of one that is to be made. */
    private static final long NOT_YET = 0;

    public EnsureFrontend {
        service = ServiceName.parse(service);
        fields = FIELDS.on(protocol).check(fields);
        JsonNode name = fields.get("name");
        if (frontend.isPresent() && frontend.get().id().isEmpty()) {
            Name.parse("frontend", frontend.get().text());
            if (name != null) {
                throw Value.refusal(
                        "name", name, "nothing, unless the frontend is given by its id: then it is renamed");
            }
        }
        if (frontend.isPresent() && name != null) {
            Name.parse("name", name.textValue());
        }
        if (frontend.isEmpty() && name == null) {
            needed(fields, "port", "only a frontend that is there already, by its id or name, needs none");
        }
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
        return Fields.none()
                .with("protocol", protocol.code())
                .withPresent("frontend", frontend.map(Reference::text))
                .and(fields);
    }

    @Override
    public Plan plan(Reader reader) {
        List<Frontend> all = all(reader);
        return existing(all).map(found -> alter(found, reader)).orElseGet(() -> make(all, reader));
    }

    @Override
    public void check(Reader reader, Plan plan) {
        long own = existing(all(reader)).map(Frontend::frontendId).orElse(NOT_YET);
        SharedPorts.refuse(reader, protocol, own, plan);
    }

    @Override
    public List<String> warnings(Reader reader, Plan plan) {
        if (!isGiven("farm")) {
            return List.of();
        }
        Optional<Frontend> there = existing(all(reader));
        String zone = there.map(Frontend::zone).or(this::zone).orElse(null);
        String said = there.map(found -> Reader.said(protocol, "frontend", found))
                .orElseGet(() -> "%s frontend %s"
                        .formatted(
                                protocol.code(),
                                known().map("'%s'"::formatted)
                                        .orElseGet(() ->
                                                "on port " + fields.get("port").textValue())));
        return reader.apart(protocol, said, zone, farm(reader, zone));
    }

    /** What it is found by. */
    private Optional<Reference> known() {
        return frontend.or(() -> Optional.ofNullable(fields.get("name")).map(name -> new Reference(name.textValue())));
    }

    boolean isById() {
        return known().filter(known -> known.id().isPresent()).isPresent();
    }

    private List<Frontend> all(Reader reader) {
        return isById()
                ? List.of(reader.frontend(protocol, known().orElseThrow()))
                : reader.lb().frontends(protocol);
    }

    private Optional<String> zone() {
        return Optional.ofNullable(fields.get("zone")).map(JsonNode::textValue);
    }

    private Optional<Frontend> existing(List<Frontend> all) {
        Optional<Reference> known = known();
        if (isById()) {
            return Optional.of(all.get(0));
        }
        return known.flatMap(named -> Reader.find("frontend", named.in(zone()), all))
                .or(() -> atPort(all.stream()
                        .filter(each -> known.isEmpty() || each.displayName() == null)
                        .toList()));
    }

    private Optional<Frontend> atPort(List<Frontend> some) {
        if (fields.get("port") == null) {
            return Optional.empty();
        }
        String port = fields.get("port").textValue();
        BitSet ports = Ports.set(port);
        List<Frontend> same = some.stream()
                .filter(each -> ports.equals(Ports.set(each.port())))
                .filter(each -> zone().isEmpty() || zone().get().equals(each.zone()))
                .toList();
        String where = zone().map(" in zone "::concat).orElse("");
        return same.isEmpty()
                ? Optional.empty()
                : Optional.of(Reader.single(
                        "frontend is on port " + port + where,
                        same,
                        zone().isEmpty() ? "give its zone, its id or its name" : "give its id or its name"));
    }

    private Plan alter(Frontend found, Reader reader) {
        if (zone().isPresent() && !zone().get().equals(found.zone())) {
            throw new IplbException(
                    FailureKind.REFUSED,
                    "%s is in zone %s, and stays there: make another one for %s"
                            .formatted(Reader.said(protocol, "frontend", found), found.zone(), zone().get()));
        }
        Fields lacking =
                FIELDS.on(protocol).differing(wanted(found.zone(), found.defaultSslId(), reader), Plan.json(found));
        ObjectNode after = Plan.json(found).setAll(lacking.json());
        check(lacking, after, reader);
        return Plan.altering(
                Subjects.of(Kind.FRONTEND, found),
                reader.lines(protocol),
                FIELDS,
                found,
                lacking,
                new ServiceCalls(service).updateFrontend(protocol, found.frontendId(), lacking),
                Fields.none().with("frontendId", found.frontendId()).json());
    }

    private Plan make(List<Frontend> all, Reader reader) {
        String zone = zone().map(reader::zone).orElse(null);
        String why = known().map(name -> "there is no %s frontend '%s'%s yet%s"
                        .formatted(
                                protocol.code(),
                                name,
                                zone == null ? "" : " in zone " + zone,
                                Reader.elsewhere(name, all)))
                .orElseGet(() -> "there is no %s frontend on port %s yet"
                        .formatted(protocol.code(), fields.get("port").textValue()));
        needed(fields, "port", why);
        needed(fields, "zone", why);
        Fields made = FIELDS.on(protocol).made(wanted(zone, null, reader));
        check(made, made.json(), reader);
        return Plan.making(
                known().map(name -> Subjects.of(Kind.FRONTEND, name)).orElseGet(() -> Subject.of(Kind.FRONTEND, null)),
                reader.lines(protocol),
                FIELDS,
                new ServiceCalls(service).createFrontend(protocol, made),
                "frontendId",
                Plan.newObject(
                        "frontendId",
                        Plan.ids(all),
                        other -> existing(List.of((Frontend) other)).isPresent()),
                Fields.none().json());
    }

    /** The fields as OVH knows them. @param shown the certificate that it has by default; null for none */
    private Fields wanted(String zone, Long shown, Reader reader) {
        Fields wanted = fields;
        if (known().isPresent() && (!isById() || frontend.isEmpty())) {
            wanted = isById()
                    ? wanted.without("name")
                    : wanted.with("name", known().get().text());
        }
        if (isGiven("farm")) {
            wanted = wanted.with("farm", farm(reader, zone).farmId());
        }
        if (isGiven("defaultSslId")) {
            wanted = wanted.with(
                    "defaultSslId",
                    reader.certificate(new Reference(fields.get("defaultSslId").textValue()), shown));
        }
        return wanted;
    }

    private boolean isGiven(String name) {
        JsonNode value = fields.get(name);
        return value != null && !value.isNull();
    }

    private Farm farm(Reader reader, String zone) {
        return reader.farm(protocol, new Reference(fields.get("farm").textValue()), zone);
    }

    /** @param after the frontend as it will be */
    private static void check(Fields sent, JsonNode after, Reader reader) {
        if (sent.get("dedicatedIpfo") != null) {
            reader.mustHave(StreamSupport.stream(sent.get("dedicatedIpfo").spliterator(), false)
                    .map(block -> IpBlock.parse("ips", block.textValue()))
                    .toList());
        }
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
