package io.jenkins.plugins.iplb.sandbox.world;

import static io.jenkins.plugins.iplb.sandbox.schema.Field.nullable;
import static io.jenkins.plugins.iplb.sandbox.schema.Field.readOnly;
import static io.jenkins.plugins.iplb.sandbox.schema.Field.required;
import static io.jenkins.plugins.iplb.sandbox.schema.Field.withDefault;

import io.jenkins.plugins.iplb.sandbox.schema.Field;
import io.jenkins.plugins.iplb.sandbox.schema.Shape;
import io.jenkins.plugins.iplb.sandbox.schema.Types;
import java.util.List;
import java.util.Map;

/** The objects of a load balancer, field by field, as OVH's OpenAPI description has them. */
public final class Shapes {
    private static final int PROBE_INTERVAL_MIN = 30;
    private static final int SERVER_WEIGHT_MAX = 256;
    private static final int ROUTE_WEIGHT_MAX = 255;
    private static final int SERVICE_NAME_MAX = 50;

    private static final Field DISPLAY_NAME = nullable("displayName", Types.text(Types.TEXT_MAX));

    private static final Shape PROBE = Shape.of(
            nullable("type", Types.oneOf("http", "internal", "mysql", "oco", "pgsql", "smtp", "tcp")),
            nullable("match", Types.oneOf("contains", "default", "internal", "matches", "status")),
            nullable("method", Types.oneOf("GET", "HEAD", "OPTIONS", "internal")),
            withDefault("interval", Types.integer(PROBE_INTERVAL_MIN, 3600), PROBE_INTERVAL_MIN)
                    .orNull(),
            nullable("negate", Types.bool()),
            nullable("pattern", Types.text(Types.TEXT_MAX)),
            nullable("port", Types.port()),
            nullable("url", Types.text()),
            nullable("forceSsl", Types.bool()));

    private static final Shape UDP_FRONTEND = Shape.of(
            readOnly("frontendId", null),
            required("port", Types.ports()),
            required("zone", Types.text()),
            DISPLAY_NAME,
            withDefault("disabled", Types.bool(), false),
            nullable("defaultFarmId", Types.id()),
            nullable("dedicatedIpfo", Types.listOf(Types.ipBlock())));

    private static final Shape TCP_FRONTEND = UDP_FRONTEND.with(
            nullable("allowedSource", Types.listOf(Types.ipBlock())),
            nullable("deniedSource", Types.listOf(Types.ipBlock())),
            withDefault("ssl", Types.bool(), false),
            nullable("defaultSslId", Types.id()),
            withDefault("forceSni", Types.bool(), false),
            readOnly("vrackNetworkId", null),
            readOnly("vrackVrouterId", null));

    private static final Shape HTTP_FRONTEND = TCP_FRONTEND.with(
            withDefault("hsts", Types.bool(), false),
            nullable("httpHeader", Types.listOf(Types.text())),
            nullable("redirectLocation", Types.text()));

    private static final Shape UDP_FARM = Shape.of(
            readOnly("farmId", null),
            required("zone", Types.text()).createOnly(),
            DISPLAY_NAME,
            required("port", Types.port()),
            nullable("vrackNetworkId", Types.id()));

    private static final Shape TCP_FARM = UDP_FARM.with(
            nullable("port", Types.port()),
            nullable("balance", Types.oneOf("first", "leastconn", "roundrobin", "source")),
            nullable("stickiness", Types.oneOf("sourceIp")),
            nullable("probe", Types.object(PROBE)));

    private static final Shape HTTP_FARM = TCP_FARM.with(
            nullable("balance", Types.oneOf("first", "leastconn", "roundrobin", "source", "uri")),
            nullable("stickiness", Types.oneOf("cookie", "sourceIp")));

    private static final Shape UDP_SERVER = Shape.of(
            readOnly("serverId", null),
            readOnly("backendId", null),
            required("address", Types.ipv4()).createOnly(),
            required("status", Types.oneOf("active", "inactive")),
            DISPLAY_NAME,
            nullable("port", Types.port()));

    private static final Shape TCP_SERVER = UDP_SERVER.with(
            withDefault("backup", Types.bool(), false),
            nullable("chain", Types.text()),
            nullable("onMarkedDown", Types.oneOf("shutdown-sessions")),
            withDefault("probe", Types.bool(), false),
            nullable("proxyProtocolVersion", Types.oneOf("v1", "v2", "v2-ssl", "v2-ssl-cn")),
            withDefault("ssl", Types.bool(), false),
            withDefault("weight", Types.integer(0, SERVER_WEIGHT_MAX), 1).orNull(),
            readOnly("serverState", List.of()));

    private static final Shape HTTP_SERVER = TCP_SERVER.with(nullable("cookie", Types.text(Types.TEXT_MAX)));

    private static final Shape TCP_ACTION =
            Shape.of(required("type", Types.text(Types.TEXT_MAX)), nullable("target", Types.text()));

    private static final Shape HTTP_ACTION = TCP_ACTION.with(nullable("status", Types.integer()));

    private static final Shape RULE = Shape.of(
            readOnly("ruleId", null),
            DISPLAY_NAME,
            required("field", Types.text(Types.TEXT_MAX)),
            required(
                    "match",
                    Types.oneOf("contains", "endswith", "exists", "in", "internal", "is", "matches", "startswith")),
            withDefault("negate", Types.bool(), false),
            nullable("pattern", Types.text(Types.TEXT_MAX)),
            nullable("subField", Types.text(Types.TEXT_MAX)));

    private static final Map<Kind, Shape> BY_KIND = Map.ofEntries(
            Map.entry(kind("http/frontend"), HTTP_FRONTEND),
            Map.entry(kind("tcp/frontend"), TCP_FRONTEND),
            Map.entry(kind("udp/frontend"), UDP_FRONTEND),
            Map.entry(kind("http/farm"), HTTP_FARM),
            Map.entry(kind("tcp/farm"), TCP_FARM),
            Map.entry(kind("udp/farm"), UDP_FARM),
            Map.entry(kind("http/server"), HTTP_SERVER),
            Map.entry(kind("tcp/server"), TCP_SERVER),
            Map.entry(kind("udp/server"), UDP_SERVER),
            Map.entry(kind("http/route"), route(HTTP_ACTION)),
            Map.entry(kind("tcp/route"), route(TCP_ACTION)),
            Map.entry(kind("http/rule"), RULE),
            Map.entry(kind("tcp/rule"), RULE));

    /** What a PUT on the service itself may say. */
    public static final Shape SERVICE = Shape.of(
            nullable("displayName", Types.text(SERVICE_NAME_MAX)),
            nullable("sslConfiguration", Types.oneOf("intermediate", "modern")));

    private Shapes() {}

    public static Shape of(Kind kind) {
        return BY_KIND.get(kind);
    }

    private static Shape route(Shape action) {
        return Shape.of(
                readOnly("routeId", null),
                required("action", Types.object(action)),
                DISPLAY_NAME,
                nullable("frontendId", Types.id()),
                withDefault("weight", Types.integer(0, ROUTE_WEIGHT_MAX), 0),
                readOnly("status", "ok"));
    }

    private static Kind kind(String text) {
        return Kind.parse(text);
    }
}
