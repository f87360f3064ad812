package io.jenkins.plugins.iplb.sandbox.loadbalancer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.http.ApiCall;
import io.jenkins.plugins.iplb.sandbox.http.ApiError;
import io.jenkins.plugins.iplb.sandbox.http.Listing;
import io.jenkins.plugins.iplb.sandbox.http.Router;
import io.jenkins.plugins.iplb.sandbox.schema.Field;
import io.jenkins.plugins.iplb.sandbox.schema.Shape;
import io.jenkins.plugins.iplb.sandbox.schema.Types;
import io.jenkins.plugins.iplb.sandbox.tls.GivenCertificate;
import io.jenkins.plugins.iplb.sandbox.world.Certificate;
import io.jenkins.plugins.iplb.sandbox.world.CertificateOrder;
import io.jenkins.plugins.iplb.sandbox.world.LoadBalancer;
import io.jenkins.plugins.iplb.sandbox.world.TaskEnding;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** Certificates: those of the user's own, and those that OVH gets. */
final class CertificateEndpoints {
    private static final String SSL = Services.SERVICE + "/ssl";

    private static final Shape NAMED = Shape.of(Field.nullable("displayName", Types.text(Types.TEXT_MAX)));

    private static final Shape GIVEN = NAMED.with(
            Field.required("certificate", Types.text()),
            Field.required("key", Types.text()),
            Field.nullable("chain", Types.text()));

    private static final Shape ORDER = Shape.of(Field.required("fqdn", Types.listOf(Types.text(Types.TEXT_MAX))));

    private final World world;
    private final Services services;
    private final Supplier<TaskEnding> endings;

    /** @param endings how the next orders turn out */
    CertificateEndpoints(World world, Services services, Supplier<TaskEnding> endings) {
        this.world = world;
        this.services = services;
        this.endings = endings;
    }

    void register(Router router) {
        router.list(SSL, this::certificates)
                .post(SSL, this::add)
                .get(SSL + "/{id}", call -> certificate(call).shown())
                .put(SSL + "/{id}", this::rename)
                .delete(SSL + "/{id}", this::remove)
                .post(Services.SERVICE + "/freeCertificate", this::order);
    }

    private Listing certificates(ApiCall call) {
        Types.oneOf("built", "built_not_routed", "custom")
                .acceptQuery("type", call.request().query("type"));
        Listing.Builder listing = Listing.of();
        services.of(call).staged().certificates().stream()
                .filter(certificate -> List.of("type", "fingerprint", "serial").stream()
                        .allMatch(name -> fits(call, certificate.shown(), name)))
                .forEach(certificate -> listing.add(certificate.id(), certificate.shown()));
        return listing.build();
    }

    private JsonNode add(ApiCall call) {
        LoadBalancer service = services.of(call);
        ObjectNode given = GIVEN.create(call.body());
        long id = world.newId();
        Certificate certificate = GivenCertificate.parse(
                        given.path("certificate").textValue(),
                        given.path("key").textValue(),
                        given.path("chain").asText(""))
                .named(id, given.get("displayName"));
        service.stage(certificate);
        return certificate.shown();
    }

    private void rename(ApiCall call) {
        Certificate certificate = certificate(call);
        ObjectNode name = NAMED.update(certificate.shown().deepCopy().retain("displayName"), call.body());
        services.of(call).rename(certificate, certificate.shown().deepCopy().setAll(name));
    }

    private void remove(ApiCall call) {
        Certificate certificate = certificate(call);
        References.checkUnused(services.of(call), certificate);
        services.of(call).removeCertificate(certificate.id());
    }

    private JsonNode order(ApiCall call) {
        LoadBalancer service = services.of(call);
        List<String> names = ORDER.create(call.body())
                .path("fqdn")
                .valueStream()
                .map(JsonNode::textValue)
                .toList();
        if (names.isEmpty()) {
            throw ApiError.badRequest("Missing required parameter: fqdn");
        }
        Instant now = world.now();
        service.tasks().stream()
                .filter(task -> task.action().equals(CertificateOrder.ACTION) && task.running(now))
                .findFirst()
                .ifPresent(task -> {
                    throw ApiError.conflict("A certificate is already being ordered (task " + task.id() + ")");
                });
        return world.startOrder(service, names, endings.get()).show(now);
    }

    private Certificate certificate(ApiCall call) {
        long id = call.pathId("id");
        return services.of(call)
                .staged()
                .certificate(id)
                .orElseThrow(() -> ApiError.notFound("The requested object (id = " + id + ") does not exist"));
    }

    private static boolean fits(ApiCall call, ObjectNode certificate, String name) {
        return call.request()
                .query(name)
                .filter(wanted -> !wanted.equals(certificate.path(name).asText()))
                .isEmpty();
    }
}
