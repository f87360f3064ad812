package io.jenkins.plugins.iplb.docs.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.NeededRights;
import io.jenkins.plugins.iplb.api.Right;
import io.jenkins.plugins.iplb.ovh.ApiCall.Method;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.sandbox.http.IamActions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of the rights, made of the calls that there are and of the actions that OVH's description says they take. */
class RightsReferenceTest {
    /** One that OVH lists beside the actions on the load balancer, as not required. */
    private static final String BACKEND = "ip:apiovh:loadbalancer/allowAsBackend";

    /** On the load balancer, which is no destination of an address without it; listed as not required, too. */
    private static final String MOVE = "loadbalancer:apiovh:ip/additionalIp/move";

    @Test
    void itIsUpToDate() throws IOException {
        ReferencePage page = new ReferencePage("rights.md", "Rights", getClass());
        page.line("What a key needs for all that there is; [credentials](../credentials.md) says how to"
                + " make one. A key for less works for less: what is missing is named when OVH refuses it, and in Jenkins when"
                + " the key is checked.");
        page.line("## Rules of a consumer key");
        page.line(
                "`*` in a path stands for anything, slashes too. In the place of the first `*` may stand one load balancer or"
                        + " one address.");
        page.block(NeededRights.all().stream()
                .map(right -> "%-6s %s".formatted(right.method(), right.path()))
                .collect(Collectors.joining("\n")));
        page.line("This page of OVH's has them filled in, for `ovh-eu`:");
        page.block(NeededRights.tokenPage(Endpoint.of("ovh-eu")).toString());
        page.line("## An IAM policy");
        page.line(
                "For a service account, or a user: the body of `POST /v2/iam/policy`. The `urn` of a load balancer is in"
                        + " `iam.urn` of `GET /ipLoadbalancing/{serviceName}`, that of an address in the same place of `GET /ip/{ip}`.");
        page.block(policy());
        page.line(
                "For who only looks (`show`, `plan`, `drift`, `export`, `check-metrics`), the actions that end in `get` are enough;"
                        + " to plan the move of an address takes `%s` as well. An address that moves, or is put back, to another product"
                                .formatted(MOVE)
                        + " takes that product's action on it, such as `dedicatedServer:apiovh:ip/additionalIp/move`.");
        page.mustBeDocumented();
    }

    private static String policy() throws IOException {
        ObjectNode policy = Json.MAPPER.createObjectNode().put("name", "iplb");
        policy.putArray("identities").add("urn:v1:eu:identity:credential:xx1111-ovh/oauth2-EU.0123456789abcdef");
        ArrayNode resources = policy.putArray("resources");
        resources.addObject().put("urn", "iam.urn of the load balancer");
        resources.addObject().put("urn", "iam.urn of the address");
        ArrayNode allow = policy.putObject("permissions").putArray("allow");
        actions().forEach(action -> allow.addObject().put("action", action));
        return Json.MAPPER
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(policy)
                .replaceAll("\\{\\s+(\"[a-z]+\" : \"[^\"]*\")\\s+}", "{ $1 }")
                .replace("}, {", "},\n      {");
    }

    /** Of the calls that the rules of a key allow. */
    private static Set<String> actions() throws IOException {
        Set<String> actions = new TreeSet<>(Set.of(BACKEND, MOVE));
        Collection<Right> rights = NeededRights.all();
        try (InputStream in = IamActions.class.getResourceAsStream("iam-actions.txt")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\s+"))
                    .filter(words -> isCalled(rights, Method.valueOf(words[0]), words[1]))
                    .forEach(words -> actions.addAll(List.of(words).subList(2, words.length)));
        }
        assertThat(actions)
                .contains("loadbalancer:apiovh:refresh", "ip:apiovh:move")
                .hasSizeGreaterThan(40);
        return actions;
    }

    private static boolean isCalled(Collection<Right> rights, Method method, String template) {
        String path = template.replaceAll("\\{[^}]*}", "1");
        return !template.contains("quota")
                && rights.stream().anyMatch(right -> right.method() == method && isBelow(right, path));
    }

    private static boolean isBelow(Right right, String path) {
        return path.matches(right.path().replace("*", ".*"));
    }
}
