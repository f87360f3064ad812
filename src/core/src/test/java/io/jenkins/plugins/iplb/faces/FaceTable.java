package io.jenkins.plugins.iplb.faces;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.file.FileOperations;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.Group;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.Flag;
import io.jenkins.plugins.iplb.parameter.ListOf;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.WholeNumber;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.KeyPem;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import okhttp3.tls.HeldCertificate;

/** Values for every parameter of every operation, good ones and bad ones. */
public final class FaceTable {
    /** In JSON with single quotes; $PEM, $KEY and $CHAIN are a certificate, $S is the load balancer, $TLS where it takes TLS connections, $CA its authority, $COUNT who has no connections. */
    private static final String GOOD = """
            add-route         | {'service':'$S','protocol':'http','frontend':'http','redirect':'https://${host}${path}','status':301,'weight':7}
            add-route         | {'service':'$S','protocol':'http','frontend':'http','reject':true,'status':403,'rules':['uri startswith /old','header:X-Env not is preprod']}
            add-route         | {'service':'$S','protocol':'tcp','frontend':'https','farm':'web-http2','name':'http2','rules':['protocol is http/2.0'],'zone':'all'}
            add-route         | {'service':'$S','protocol':'http','farm':'app','name':'later','rules':[{'field':'host','match':'is','pattern':'beta.shop.example','name':'beta'},{'field':'cookie','subField':'beta','match':'exists'}],'zone':'all'}
            add-rule          | {'service':'$S','protocol':'http','route':'old','field':'header','match':'contains','pattern':' two words ','subField':'X-Env','negate':true,'name':'env','frontend':'http','zone':'all'}
            set-stickiness    | {'service':'$S','protocol':'http','farm':'app','stickiness':'cookie'}
            set-stickiness    | {'service':'$S','protocol':'tcp','farm':'sticky','stickiness':'none','zone':'gra'}
            move-failover     | {'ip':'203.0.113.7','to':'$S'}
            park-failover     | {'service':'$S','ip':'198.51.100.24'}
            dedicate-failover | {'service':'$S','protocol':'http','frontend':'http','ips':['198.51.100.24'],'zone':'all'}
            dedicate-failover | {'service':'$S','protocol':'tcp','frontend':'dedicated','ips':null}
            ensure-frontend   | {'service':'$S','protocol':'http','port':'8081-8083,8090','zone':'gra','frontend':'new','farm':'app','ips':['198.51.100.24'],'disabled':false,'ssl':true,'defaultSslId':'www.shop.example','forceSni':true,'allowedSource':['10.0.0.0/8','10.9.8.7'],'hsts':true,'httpHeader':['X-Ip-Header %ci','X-Port %cp'],'redirectLocation':'https://www.shop.example/'}
            ensure-frontend   | {'service':'$S','protocol':'http','name':'http','deniedSource':['192.0.2.0/24'],'defaultSslId':null,'farm':null}
            ensure-frontend   | {'service':'$S','protocol':'tcp','frontend':'dedicated','ips':null,'disabled':true,'forceSni':true}
            ensure-farm       | {'service':'$S','protocol':'http','farm':'new','zone':'all','port':8080,'balance':'uri','stickiness':'sourceIp','probe':{'type':'http','port':81,'interval':60,'match':'status','pattern':'200','negate':false,'method':'HEAD','url':'/health','forceSsl':true}}
            ensure-farm       | {'service':'$S','protocol':'http','farm':'app','port':null,'balance':null,'vrackNetworkId':null}
            ensure-server     | {'service':'$S','protocol':'http','farm':'app','address':'192.0.2.33','server':'third','port':8085,'status':'inactive','weight':0,'backup':true,'probe':true,'ssl':true,'chain':'-----BEGIN CERTIFICATE-----','proxyProtocolVersion':'v2','onMarkedDown':'shutdown-sessions','cookie':'third'}
            ensure-server     | {'service':'$S','protocol':'http','farm':'app','address':'192.0.2.31','weight':null,'backup':false,'zone':'all'}
            remove-route      | {'service':'$S','protocol':'http','route':'old','frontend':'http','zone':'all'}
            remove-rule       | {'service':'$S','protocol':'http','route':'old','rule':'posts'}
            remove-rule       | {'service':'$S','protocol':'http','route':'old','says':'method is POST','frontend':'http','zone':'all'}
            remove-frontend   | {'service':'$S','protocol':'http','frontend':'old','zone':'gra'}
            remove-farm       | {'service':'$S','protocol':'tcp','farm':'sticky','zone':'gra'}
            remove-server     | {'service':'$S','protocol':'http','farm':'app','address':'192.0.2.31','port':8080}
            remove-server     | {'service':'$S','protocol':'tcp','farm':'sticky','server':'only','zone':'gra'}
            ensure-certificate     | {'service':'$S','certificate':'$PEM','key':'$KEY','chain':'$CHAIN','name':'site','frontends':['https','http']}
            rotate-certificate     | {'service':'$S','name':'site','certificate':'$PEM','key':'$KEY','chain':'$CHAIN','replaces':'www.shop.example'}
            remove-certificate     | {'service':'$S','certificate':'www.shop.example'}
            order-free-certificate | {'service':'$S','hosts':['a.shop.example','b.shop.example']}
            set-service       | {'service':'$S','name':'the shop','sslConfiguration':'modern'}
            set-service       | {'service':'$S','name':null}
            ensure-vrack-network   | {'service':'$S','network':'private','natIp':'10.0.0.16/28','vlan':43,'farms':['app','web-http1']}
            ensure-vrack-network   | {'service':'$S','network':'new','subnet':'10.1.0.0/24','natIp':'10.1.0.0/28'}
            remove-vrack-network   | {'service':'$S','network':'spare'}
            drain             | {'service':'$S','protocol':'http','farm':'app','servers':['192.0.2.31'],'zone':'all','emptyAfter':'1s'}
            drain             | {'service':'$S','protocol':'http','farm':'app','servers':['192.0.2.32:8080'],'connectionsAt':'$COUNT','connections':1}
            undrain           | {'service':'$S','protocol':'tcp','farm':'sticky','servers':['out','only'],'zone':'gra'}
            switch-farm       | {'service':'$S','protocol':'tcp','frontend':'dedicated','farm':'sticky','and':'https','zone':'all'}
            refresh           | {'service':'$S','zones':['gra'],'force':true,'exclusive':true,'foreignChanges':'allow'}
            refresh           | {'service':'$S','wait':false,'foreignChanges':'allow'}
            enable-http2      | {'service':'$S','protocol':'tcp','frontend':'https','url':'https://www.shop.example/','connectTo':'$TLS','ca':'$CA'}
            enable-http2      | {'service':'$S','protocol':'tcp','frontend':'https','farm':'web-http2','url':'https://www.shop.example/','connectTo':'$TLS','ca':'$CA'}
            check-http2       | {'url':'https://www.shop.example/','connectTo':'$TLS','ca':'$CA'}
            check-traffic     | {'url':'https://www.shop.example/','connectTo':['$TLS'],'ca':'$CA','expect':['status is 200','header:X-None exists'],'times':2,'every':'2s','maxErrors':1}
            check-metrics     | {'service':'$S','zones':['gra'],'count':'connections','atLeast':'0','atMost':'0.5','over':'2m','every':'15s'}
            show              | {'service':'$S','servers':true}
            metrics-token     | {'service':'$S'}
            """;

    /** The same of deployments, which the faces have that run something of the user's. */
    private static final String DEPLOYMENTS = """
            rolling           | {'service':'$S','protocol':'http','farm':'app','zone':'all','atOnce':'50%','keep':1,'emptyAfter':'1s'}
            rolling           | {'service':'$S','protocol':'http','farm':'app','atOnce':1,'connectionsAt':'http://{address}:{port}/','connections':1}
            shift             | {'service':'$S','protocol':'http','farm':'app','from':['192.0.2.31'],'to':['192.0.2.32'],'steps':[5,25,100],'every':'5m','zone':'all'}
            """;

    private static final HeldCertificate AUTHORITY = new HeldCertificate.Builder()
            .commonName("authority")
            .certificateAuthority(0)
            .build();

    private static final HeldCertificate CERTIFICATE = KeyPem.certificate("new.shop.example")
            .ecdsa256()
            .signedBy(AUTHORITY)
            .build();

    private static final HttpServer COUNTER = counter();

    /** What one or another kind of value does not take. */
    private static final List<String> BAD = List.of(
            "no-such-word",
            "0",
            "123",
            "2001:db8::1",
            "/new",
            "host",
            "a/b",
            " ",
            "{'type':'pigeon'}",
            "long".repeat(64));

    private FaceTable() {}

    /**
     * What an operation is asked for with.
     *
     * @param values by the names of the parameters, as numbers, flags and lists
     */
    public record Asked(OperationType operation, ObjectNode values) {

        @Override
        public String toString() {
            return operation.name() + " " + values;
        }

        /** The same as text: numbers, flags, and lists of words, which a text may hold several of. */
        Asked asText() {
            ObjectNode texts = Json.MAPPER.createObjectNode();
            values.properties().forEach(each -> texts.set(each.getKey(), text(each.getKey(), each.getValue())));
            return new Asked(operation, texts);
        }

        private JsonNode text(String name, JsonNode value) {
            if (value.isNumber() || value.isBoolean()) {
                return TextNode.valueOf(value.asText());
            }
            if (value instanceof ArrayNode list
                    && operation.parameter(name).value() instanceof ListOf kind
                    && !kind.holdsBlanks()) {
                return TextNode.valueOf(StreamSupport.stream(list.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(", ")));
            }
            return value.isNull() ? TextNode.valueOf(Parameter.NONE) : value;
        }

        /** The same with what is the sandbox's own. */
        public Asked on(Sandbox sandbox) {
            String tls = sandbox.tlsAddress().getHostString() + ":"
                    + sandbox.tlsAddress().getPort();
            return new Asked(
                    operation,
                    json(withCertificate()
                            .values()
                            .toString()
                            .replace("$S", DemoWorld.SERVICE)
                            .replace("$TLS", tls)
                            .replace(
                                    "$COUNT",
                                    "http://127.0.0.1:" + COUNTER.getAddress().getPort() + "/")
                            .replace("$CA", sandbox.caFile().toString())));
        }

        private Asked withCertificate() {
            return new Asked(
                    operation,
                    json(values.toString()
                            .replace("$PEM", escaped(CERTIFICATE.certificatePem()))
                            .replace("$KEY", escaped(CERTIFICATE.privateKeyPkcs8Pem()))
                            .replace("$CHAIN", escaped(AUTHORITY.certificatePem()))));
        }

        private static String escaped(String pem) {
            return pem.replace("\n", "\\n");
        }

        /** The same with another value, and without what does not go with it. */
        private Asked with(Parameter parameter, JsonNode value) {
            ObjectNode changed = values.deepCopy();
            operation.groups().stream()
                    .filter(Group::isExclusive)
                    .filter(group -> group.names().contains(parameter.name()))
                    .forEach(group -> changed.remove(group.names()));
            return new Asked(operation, changed.set(parameter.name(), value));
        }
    }

    /** A value that is no good. */
    public record Slip(Asked asked, Parameter parameter, JsonNode value) {}

    private static HttpServer counter() {
        try {
            HttpServer counter = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            counter.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, 1);
                exchange.getResponseBody().write('0');
                exchange.close();
            });
            counter.start();
            return counter;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param operation that is asked for: only where it is about a vRack, the load balancer is in one */
    public static World world(World world, OperationType operation) {
        ServiceSeed shop = DemoWorld.in(world).service(DemoWorld.SERVICE);
        if (operation.name().endsWith("vrack-network")) {
            shop.property("vrackName", "pn-1234");
            shop.vrackNetwork("private", "10.0.0.0/24", "10.0.0.0/28", 42);
            shop.vrackNetwork("spare", "10.9.0.0/24", "10.9.0.0/28", 0);
        }
        long http = shop.id("http/frontend", "http");
        long old = shop.add(
                "http/route", Map.of("displayName", "old", "frontendId", http, "action", Map.of("type", "reject")));
        shop.add("http/rule", old, Map.of("displayName", "posts", "field", "method", "match", "is", "pattern", "POST"));
        shop.add(
                "http/frontend",
                Map.of("displayName", "old", "port", "81", "zone", "gra", "redirectLocation", "https://a.example/"));
        long sticky = shop.add("tcp/farm", Map.of("displayName", "sticky", "zone", "gra", "stickiness", "sourceIp"));
        shop.add("tcp/server", sticky, Map.of("displayName", "only", "address", "192.0.2.99", "status", "active"));
        shop.add("tcp/server", sticky, Map.of("displayName", "out", "address", "192.0.2.98", "status", "inactive"));
        shop.add(
                "tcp/frontend",
                Map.of(
                        "displayName",
                        "dedicated",
                        "port",
                        "444",
                        "zone",
                        "all",
                        "defaultFarmId",
                        shop.id("tcp/farm", "web-http1"),
                        "dedicatedIpfo",
                        List.of(DemoWorld.ATTACHED_IP)));
        return world;
    }

    /** Values that are good together. */
    public static List<Asked> good() {
        return asked(GOOD);
    }

    /** The same of deployments. */
    public static List<Asked> deployments() {
        return asked(DEPLOYMENTS);
    }

    private static List<Asked> asked(String table) {
        return table.lines()
                .map(line -> line.split("\\|", 2))
                .map(parts -> new Asked(
                        FileOperations.named(parts[0].strip()),
                        json(parts[1].strip().replace('\'', '"'))))
                .toList();
    }

    /** For each parameter that does not take everything, a value that it does not take, among others that are good. */
    public static List<Slip> bad() {
        return Catalogue.all().stream()
                .flatMap(operation ->
                        operation.parameters().stream().flatMap(parameter -> slip(operation, parameter).stream()))
                .toList();
    }

    private static Optional<Slip> slip(OperationType operation, Parameter parameter) {
        return good().stream()
                .filter(asked -> asked.operation().equals(operation))
                .filter(asked -> parameter.protocols().containsAll(protocol(asked)))
                .findFirst()
                .flatMap(asked -> candidates(parameter)
                        .filter(value -> isRefused(asked, parameter, value))
                        .findFirst()
                        .map(value -> new Slip(asked.with(parameter, value), parameter, value)));
    }

    private static List<Protocol> protocol(Asked asked) {
        return Stream.of(asked.values().path("protocol"))
                .filter(JsonNode::isTextual)
                .map(code -> Protocol.parse(code.textValue()))
                .toList();
    }

    private static Stream<JsonNode> candidates(Parameter parameter) {
        if (parameter.value() instanceof WholeNumber number && number.max() < Integer.MAX_VALUE) {
            return Stream.of(Json.MAPPER.valueToTree(number.max() + 1));
        }
        return parameter.value() instanceof Flag
                ? Stream.of(TextNode.valueOf("perhaps"))
                : BAD.stream().map(text -> TextNode.valueOf(text.replace('\'', '"')));
    }

    private static boolean isRefused(Asked asked, Parameter parameter, JsonNode value) {
        try {
            Asked whole = asked.withCertificate();
            whole.operation().check(new Fields(whole.with(parameter, value).values()));
            return false;
        } catch (InvalidInput e) {
            return e.parameter().equals(parameter.name()) || e.parameter().startsWith(parameter.name() + ".");
        }
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
