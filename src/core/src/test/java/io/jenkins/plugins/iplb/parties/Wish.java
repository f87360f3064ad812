package io.jenkins.plugins.iplb.parties;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.file.ChangeFile;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.testing.Bench;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What several want of one load balancer, none of them knowing of the others.
 *
 * @param lists what it makes something in: the order of all other calls makes no difference
 * @param operation by the name of the load balancer
 */
record Wish(String name, String lists, Function<String, Operation.OnLoadBalancer> operation) {

    static Wish named(String name) {
        return Stream.concat(objects(), files())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    boolean isFile() {
        return name.startsWith("file");
    }

    private static Stream<Wish> objects() {
        return Stream.of(
                of(
                        "farm",
                        "/http/farm",
                        "ensure-farm",
                        "{'protocol': 'http', 'farm': 'new', 'zone': 'gra', 'port': 81}"),
                of(
                        "server",
                        "/server",
                        "ensure-server",
                        "{'protocol': 'http', 'farm': 'old', 'address': '192.0.2.1', 'port': 80}"),
                of(
                        "frontend",
                        "/http/frontend",
                        "ensure-frontend",
                        "{'protocol': 'http', 'name': 'new', 'zone': 'gra', 'port': '81', 'farm': 'old'}"),
                of(
                        "rule",
                        "/rule",
                        "add-rule",
                        "{'protocol': 'http', 'route': 'there', 'field': 'uri', 'match': 'startswith', 'pattern': '/a'}"),
                of(
                        "route and rule",
                        "/http/route",
                        "add-route",
                        "{'protocol': 'http', 'frontend': 'site', 'farm': 'old', 'rules': ['uri startswith /a']}"));
    }

    private static Stream<Wish> files() {
        return Stream.of(
                file("file of a farm and its server", "/http/farm", """
                        http:
                          farms:
                            new: {zone: all, port: 81, servers: {'192.0.2.1:80': {weight: 3}}}
                        """),
                file("file of a named route and its rule", "/http/route", """
                        http:
                          frontends:
                            site: {routes: {new: {farm: old, rules: [uri startswith /a]}}}
                        """));
    }

    /** @param parameters JSON with single quotes */
    private static Wish of(String name, String lists, String operation, String parameters) {
        return new Wish(name, lists, service -> (Operation.OnLoadBalancer) Catalogue.named(operation)
                .operation(new Fields((ObjectNode) Bench.json(parameters)).with("service", service)));
    }

    private static Wish file(String name, String lists, String yaml) {
        return new Wish(
                name,
                lists,
                service -> ChangeFile.read(
                                "iplb.yaml", "loadBalancer: %s%n%s".formatted(service, yaml), each -> Optional.empty())
                        .loadBalancers()
                        .get(0)
                        .operation(false));
    }

    @Override
    public String toString() {
        return name;
    }
}
