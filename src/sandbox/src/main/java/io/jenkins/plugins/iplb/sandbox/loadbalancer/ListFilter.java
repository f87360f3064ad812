package io.jenkins.plugins.iplb.sandbox.loadbalancer;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.sandbox.http.ApiCall;
import io.jenkins.plugins.iplb.sandbox.schema.Type;
import io.jenkins.plugins.iplb.sandbox.schema.Types;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import io.jenkins.plugins.iplb.sandbox.world.Kind;
import io.jenkins.plugins.iplb.sandbox.world.Protocol;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One query parameter of a list call: the field of the same name, compared as the schema's description says. */
record ListFilter(String name, Type type, BiPredicate<String, String> comparison) {

    /** The filters that the schema gives each kind. */
    static List<ListFilter> of(Kind kind) {
        boolean udp = kind.protocol() == Protocol.udp;
        return switch (kind.family()) {
            case frontend ->
                Stream.of(number("defaultFarmId"), number("defaultSslId"), like("port"), equal("zone", Types.text()))
                        .filter(filter -> !udp || !filter.name().equals("defaultSslId"))
                        .toList();
            case farm -> List.of(number("vrackNetworkId"), equal("zone", Types.text()));
            case server ->
                Stream.of(
                                equal("address", Types.ipv4()),
                                equal("status", Types.oneOf("active", "inactive")),
                                like("cookie"))
                        .filter(filter -> kind.protocol() == Protocol.http
                                || !filter.name().equals("cookie"))
                        .toList();
            case route -> List.of(number("frontendId"));
            case rule -> List.of();
        };
    }

    /** What the query of a call lets through. */
    static Predicate<Item> from(ApiCall call, Kind kind) {
        return of(kind).stream()
                .filter(filter -> call.request().query(filter.name()).isPresent())
                .map(filter -> filter.test(call))
                .reduce(item -> true, Predicate::and);
    }

    private Predicate<Item> test(ApiCall call) {
        String wanted = call.request().query(name).orElseThrow();
        type.accept(name, TextNode.valueOf(wanted));
        return item -> comparison.test(item.text(name), wanted);
    }

    private static ListFilter number(String name) {
        return new ListFilter(
                name,
                (field, value) -> {
                    if (!value.textValue().matches("-?[0-9]{1,18}")) {
                        throw Type.refusal(field, value, "an integer");
                    }
                    return value;
                },
                String::equals);
    }

    private static ListFilter equal(String name, Type type) {
        return new ListFilter(name, type, String::equals);
    }

    private static ListFilter like(String name) {
        return new ListFilter(name, Types.text(), String::contains);
    }
}
