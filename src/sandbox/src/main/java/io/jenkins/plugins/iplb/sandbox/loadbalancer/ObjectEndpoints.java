package io.jenkins.plugins.iplb.sandbox.loadbalancer;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.http.ApiCall;
import io.jenkins.plugins.iplb.sandbox.http.ApiError;
import io.jenkins.plugins.iplb.sandbox.http.Listing;
import io.jenkins.plugins.iplb.sandbox.http.Router;
import io.jenkins.plugins.iplb.sandbox.world.Configuration;
import io.jenkins.plugins.iplb.sandbox.world.Family;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.sandbox.world.Items;
import io.jenkins.plugins.iplb.sandbox.world.Kind;
import io.jenkins.plugins.iplb.sandbox.world.LoadBalancer;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.util.stream.Stream;

/** Frontends, farms, servers, routes and rules: the same five calls for each kind. Reads show what is staged. */
final class ObjectEndpoints {
    private final World world;
    private final Services services;
    private final References references;

    ObjectEndpoints(World world, Services services, References references) {
        this.world = world;
        this.services = services;
        this.references = references;
    }

    void register(Router router) {
        for (Kind kind : Kind.ALL) {
            String list = Services.SERVICE + "/" + collection(kind);
            String one = list + "/{" + kind.idField() + "}";
            router.list(list, call -> list(call, kind))
                    .post(list, call -> create(call, kind))
                    .get(one, call -> show(services.of(call), find(call, kind)))
                    .put(one, call -> update(call, kind))
                    .delete(one, call -> delete(call, kind));
        }
    }

    private static String collection(Kind kind) {
        return switch (kind.family()) {
            case server -> kind.protocol() + "/farm/{farmId}/server";
            case rule -> kind.protocol() + "/route/{routeId}/rule";
            default -> kind.toString();
        };
    }

    private Listing list(ApiCall call, Kind kind) {
        LoadBalancer service = services.of(call);
        Listing.Builder listing = Listing.of();
        candidates(call, kind, service)
                .filter(ListFilter.from(call, kind))
                .forEach(item -> listing.add(item.id(), show(service, item)));
        return listing.build();
    }

    private static Stream<Item> candidates(ApiCall call, Kind kind, LoadBalancer service) {
        Configuration staged = service.staged();
        return switch (kind.family()) {
            case server, rule -> staged.children(parent(call, kind, service));
            case route -> staged.routes(kind.protocol());
            default -> staged.ofKind(kind);
        };
    }

    private JsonNode create(ApiCall call, Kind kind) {
        LoadBalancer service = services.of(call);
        long parent = hasParent(kind) ? parent(call, kind, service).id() : 0;
        JsonNode body = call.body();
        Item draft = Items.create(kind, 0, parent, body);
        references.checkNew(service, draft);
        references.check(service, draft);
        Item item = Items.create(kind, world.newId(), parent, body);
        service.stage(item);
        return show(service, item);
    }

    private void update(ApiCall call, Kind kind) {
        LoadBalancer service = services.of(call);
        Item updated = Items.update(find(call, kind), call.body());
        references.check(service, updated);
        service.stage(updated);
    }

    private void delete(ApiCall call, Kind kind) {
        LoadBalancer service = services.of(call);
        Item item = find(call, kind);
        references.checkUnused(service, item);
        service.remove(item);
    }

    private Item find(ApiCall call, Kind kind) {
        LoadBalancer service = services.of(call);
        long parent = hasParent(kind) ? parent(call, kind, service).id() : 0;
        long id = call.pathId(kind.idField());
        return service.staged()
                .find(kind, id)
                .filter(item -> item.parent() == parent)
                .orElseThrow(() -> missing(kind.idField(), id));
    }

    private static Item parent(ApiCall call, Kind kind, LoadBalancer service) {
        Kind parentKind = kind.sibling(kind.family() == Family.server ? Family.farm : Family.route);
        long id = call.pathId(parentKind.idField());
        return service.staged().find(parentKind, id).orElseThrow(() -> missing(parentKind.idField(), id));
    }

    private static boolean hasParent(Kind kind) {
        return kind.family() == Family.server || kind.family() == Family.rule;
    }

    private static JsonNode show(LoadBalancer service, Item item) {
        return Items.show(item, service.staged());
    }

    private static ApiError missing(String idField, long id) {
        return ApiError.notFound("The requested object (" + idField + " = " + id + ") does not exist");
    }
}
