package io.jenkins.plugins.iplb.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.ovh.OvhException;
import io.jenkins.plugins.iplb.ovh.OvhSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What {@code /ip/{ip}} tells about a block and its moves. */
public final class FailoverIps {
    private final OvhSession ovh;
    private final Listing listing;

    public FailoverIps(OvhSession ovh) {
        this.ovh = ovh;
        this.listing = new Listing(ovh);
    }

    /** @throws OvhException when the block is not the account's */
    public FailoverIp read(IpBlock ip) {
        return known(ip, () -> listing.object(ApiCall.get("ip", ip), FailoverIp.class));
    }

    /** The services that the block may be moved to. */
    public Destinations destinations(IpBlock ip) {
        JsonNode answer = ovh.send(ApiCall.get("ip", ip, "move")).body();
        Map<String, List<String>> byKind = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> kind : answer.properties()) {
            List<String> services = new ArrayList<>();
            kind.getValue().forEach(each -> services.add(each.path("service").asText()));
            if (!services.isEmpty()) {
                byKind.put(kind.getKey(), List.copyOf(services));
            }
        }
        return new Destinations(byKind);
    }

    /**
     * All moves of the block that OVH still knows, finished ones included.
     *
     * @throws OvhException when the block is not the account's
     */
    public List<IpTask> moves(IpBlock ip) {
        ApiCall list = ApiCall.get("ip", ip, "task").query(Map.of("function", IpTask.MOVE));
        return known(ip, () -> listing.objects(list, IpTask.class));
    }

    /** Empty when OVH does not know the task any more. */
    public Optional<IpTask> task(IpBlock ip, long taskId) {
        return listing.find(ApiCall.get("ip", ip, "task", taskId), IpTask.class);
    }

    private static <T> T known(IpBlock ip, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (OvhException e) {
            throw e.isNotFound()
                    ? e.explained("failover IP %s does not exist or is not visible to these credentials".formatted(ip))
                    : e;
        }
    }
}
