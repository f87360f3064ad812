package io.jenkins.plugins.iplb.api;

import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.ArrayList;
import java.util.List;

/** The calls of {@code /ipLoadbalancing/{serviceName}} that change something. */
public record ServiceCalls(String service) {

    public ApiCall createRoute(Protocol protocol, Fields fields) {
        return ApiCall.post(fields, path(protocol, "route"));
    }

    public ApiCall updateRoute(Protocol protocol, long routeId, Fields fields) {
        return ApiCall.put(fields, path(protocol, "route", routeId));
    }

    public ApiCall deleteRoute(Protocol protocol, long routeId) {
        return ApiCall.delete(path(protocol, "route", routeId));
    }

    public ApiCall createRule(Protocol protocol, long routeId, Fields fields) {
        return ApiCall.post(fields, path(protocol, "route", routeId, "rule"));
    }

    public ApiCall updateRule(Protocol protocol, long routeId, long ruleId, Fields fields) {
        return ApiCall.put(fields, path(protocol, "route", routeId, "rule", ruleId));
    }

    public ApiCall deleteRule(Protocol protocol, long routeId, long ruleId) {
        return ApiCall.delete(path(protocol, "route", routeId, "rule", ruleId));
    }

    public ApiCall createFrontend(Protocol protocol, Fields fields) {
        return ApiCall.post(fields, path(protocol, "frontend"));
    }

    public ApiCall updateFrontend(Protocol protocol, long frontendId, Fields fields) {
        return ApiCall.put(fields, path(protocol, "frontend", frontendId));
    }

    public ApiCall deleteFrontend(Protocol protocol, long frontendId) {
        return ApiCall.delete(path(protocol, "frontend", frontendId));
    }

    public ApiCall createFarm(Protocol protocol, Fields fields) {
        return ApiCall.post(fields, path(protocol, "farm"));
    }

    public ApiCall updateFarm(Protocol protocol, long farmId, Fields fields) {
        return ApiCall.put(fields, path(protocol, "farm", farmId));
    }

    public ApiCall deleteFarm(Protocol protocol, long farmId) {
        return ApiCall.delete(path(protocol, "farm", farmId));
    }

    public ApiCall createServer(Protocol protocol, long farmId, Fields fields) {
        return ApiCall.post(fields, path(protocol, "farm", farmId, "server"));
    }

    public ApiCall updateServer(Protocol protocol, long farmId, long serverId, Fields fields) {
        return ApiCall.put(fields, path(protocol, "farm", farmId, "server", serverId));
    }

    public ApiCall deleteServer(Protocol protocol, long farmId, long serverId) {
        return ApiCall.delete(path(protocol, "farm", farmId, "server", serverId));
    }

    public ApiCall updateService(Fields fields) {
        return ApiCall.put(fields, "ipLoadbalancing", service);
    }

    public ApiCall createVrackNetwork(Fields fields) {
        return ApiCall.post(fields, "ipLoadbalancing", service, "vrack", "network");
    }

    public ApiCall updateVrackNetwork(long id, Fields fields) {
        return ApiCall.put(fields, "ipLoadbalancing", service, "vrack", "network", id);
    }

    public ApiCall deleteVrackNetwork(long id) {
        return ApiCall.delete("ipLoadbalancing", service, "vrack", "network", id);
    }

    /** @param farmIds all that are to be in it */
    public ApiCall updateFarmsOfVrackNetwork(long id, List<Long> farmIds) {
        return ApiCall.post(
                Fields.none().with("farmId", farmIds),
                "ipLoadbalancing",
                service,
                "vrack",
                "network",
                id,
                "updateFarmId");
    }

    /** @param fields with the private key, which nobody else gets to see */
    public ApiCall addCertificate(Fields fields) {
        return ApiCall.post(fields, "ipLoadbalancing", service, "ssl").secret("key");
    }

    public ApiCall updateCertificate(long id, Fields fields) {
        return ApiCall.put(fields, "ipLoadbalancing", service, "ssl", id);
    }

    public ApiCall deleteCertificate(long id) {
        return ApiCall.delete("ipLoadbalancing", service, "ssl", id);
    }

    /** @param names that the certificate is to be for */
    public ApiCall orderFreeCertificate(List<String> names) {
        return ApiCall.post(Fields.none().with("fqdn", names), "ipLoadbalancing", service, "freeCertificate")
                .startsTask("id");
    }

    /** Makes what is staged live. @param zones one zone, or all */
    public ApiCall refresh(Zones zones) {
        return ApiCall.post(zones.toBody(), "ipLoadbalancing", service, "refresh")
                .startsTask("id");
    }

    private Object[] path(Protocol protocol, Object... rest) {
        List<Object> path = new ArrayList<>(List.of("ipLoadbalancing", service, protocol.code()));
        path.addAll(List.of(rest));
        return path.toArray();
    }
}
