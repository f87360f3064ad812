package io.jenkins.plugins.iplb.sandbox.loadbalancer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.http.ApiCall;
import io.jenkins.plugins.iplb.sandbox.http.ApiError;
import io.jenkins.plugins.iplb.sandbox.http.Listing;
import io.jenkins.plugins.iplb.sandbox.http.Router;
import io.jenkins.plugins.iplb.sandbox.schema.Types;
import java.util.List;

/** Certificates, to be read. */
final class CertificateEndpoints {
    private final Services services;

    CertificateEndpoints(Services services) {
        this.services = services;
    }

    void register(Router router) {
        router.list(Services.SERVICE + "/ssl", this::certificates)
                .get(Services.SERVICE + "/ssl/{id}", this::certificate);
    }

    private Listing certificates(ApiCall call) {
        Types.oneOf("built", "built_not_routed", "custom")
                .acceptQuery("type", call.request().query("type"));
        Listing.Builder listing = Listing.of();
        services.of(call).certificates().forEach((id, certificate) -> {
            if (List.of("type", "fingerprint", "serial").stream().allMatch(name -> fits(call, certificate, name))) {
                listing.add(id, certificate);
            }
        });
        return listing.build();
    }

    private JsonNode certificate(ApiCall call) {
        long id = call.pathId("id");
        ObjectNode certificate = services.of(call).certificates().get(id);
        if (certificate == null) {
            throw ApiError.notFound("The requested object (id = " + id + ") does not exist");
        }
        return certificate;
    }

    private static boolean fits(ApiCall call, ObjectNode certificate, String name) {
        return call.request()
                .query(name)
                .filter(wanted -> !wanted.equals(certificate.path(name).asText()))
                .isEmpty();
    }
}
