package io.jenkins.plugins.iplb.sandbox.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The judge must convict, too. */
class ContractTest {
    private static final String FARM =
            "{\"farmId\":1,\"zone\":\"gra\",\"port\":80,\"balance\":null,\"stickiness\":\"sourceIp\"}";

    private Contract contract;

    @BeforeEach
    void load() {
        var folder = ContractRun.folder();
        assumeTrue(folder.isPresent(), "OVH's OpenAPI description is not here");
        contract = Contract.load(folder.get());
    }

    @Test
    void aReplyOfTheDescribedFormPasses() {
        assertThat(contract.violations(call("GET", "/tcp/farm/1", "", 200, FARM)))
                .isEmpty();
        assertThat(contract.violations(call("PUT", "/tcp/farm/1", "{\"port\":null}", 200, "null")))
                .isEmpty();
        assertThat(contract.violations(call("POST", "/tcp/farm", "{\"zone\":\"gra\",\"port\":null}", 200, FARM)))
                .isEmpty();
    }

    @Test
    void aReplyWithAWrongTypeAnUnknownValueOrAnUnknownKeyFails() {
        assertThat(contract.violations(call("GET", "/tcp/farm/1", "", 200, "{\"farmId\":\"1\"}")))
                .isNotEmpty();
        assertThat(contract.violations(call("GET", "/tcp/farm/1", "", 200, "{\"stickiness\":\"cookie\"}")))
                .isNotEmpty();
        assertThat(contract.violations(call("GET", "/tcp/farm/1", "", 200, "{\"colour\":1}")))
                .isNotEmpty();
        assertThat(contract.violations(call("GET", "/tcp/farm/1", "", 200, "{\"zone\":null}")))
                .isNotEmpty();
        assertThat(contract.violations(call("GET", "/task/1", "", 200, "{\"creationDate\":\"yesterday\"}")))
                .isNotEmpty();
        assertThat(contract.violations(call("DELETE", "/tcp/farm/1", "", 200, FARM)))
                .isNotEmpty();
    }

    @Test
    void aRequestThatShouldHaveBeenRefusedFails() {
        assertThat(contract.violations(call("POST", "/tcp/farm", "{}", 200, FARM)))
                .isNotEmpty();
        assertThat(contract.violations(call("POST", "/tcp/farm", "{\"zone\":\"gra\",\"balance\":\"x\"}", 200, FARM)))
                .isNotEmpty();
        assertThat(contract.violations(call("PUT", "/tcp/farm/1", "{\"zone\":\"gra\"}", 200, "null")))
                .isNotEmpty();
        assertThat(contract.violations(call("GET", "/tcp/farm/one", "", 200, FARM)))
                .isNotEmpty();
        assertThat(contract.violations(call("GET", "/no/such/call", "", 200, "[]")))
                .isNotEmpty();
        assertThat(contract.violations(call("POST", "/tcp/farm", "{}", 500, "{\"class\":\"S\",\"message\":\"m\"}")))
                .isNotEmpty();
    }

    @Test
    void aFieldThatOnlyTheNewerDescriptionHasIsJudgedByIt() {
        String frontend = "{\"frontendId\":1,\"zone\":\"gra\",\"port\":\"443\",\"forceSni\":%s}";
        assertThat(contract.violations(call("GET", "/tcp/frontend/1", "", 200, frontend.formatted("true"))))
                .isEmpty();
        assertThat(contract.violations(call("GET", "/tcp/frontend/1", "", 200, frontend.formatted("\"yes\""))))
                .isNotEmpty();
        assertThat(contract.violations(call("GET", "/tcp/frontend/1", "", 200, frontend.formatted("null"))))
                .isNotEmpty();
        assertThat(contract.violations(call("GET", "/udp/frontend/1", "", 200, frontend.formatted("true"))))
                .isNotEmpty();
        String post = "{\"zone\":\"gra\",\"port\":\"443\",\"forceSni\":%s}";
        assertThat(contract.violations(
                        call("POST", "/http/frontend", post.formatted("true"), 200, frontend.formatted("true"))))
                .isEmpty();
        assertThat(contract.violations(
                        call("POST", "/http/frontend", post.formatted("1"), 200, frontend.formatted("true"))))
                .isNotEmpty();
    }

    @Test
    void soIsAFieldWithinAField() {
        String service =
                "{\"serviceName\":\"loadbalancer-1\",\"iam\":{\"id\":\"123e4567-e89b-12d3-a456-426614174000\",\"urn\":\"u\",\"state\":%s}}";
        assertThat(contract.violations(call("GET", "", "", 200, service.formatted("\"SUSPENDED\""))))
                .isEmpty();
        assertThat(contract.violations(call("GET", "", "", 200, service.formatted("\"LOST\""))))
                .isNotEmpty();
    }

    @Test
    void anErrorOfNoKnownShapeFails() {
        assertThat(contract.violations(call("GET", "/tcp/farm/1", "", 404, "{\"class\":\"C\",\"message\":\"m\"}")))
                .isEmpty();
        assertThat(contract.violations(call("GET", "/tcp/farm/1", "", 404, "{\"message\":\"m\"}")))
                .isNotEmpty();
        assertThat(contract.violations(call("GET", "/tcp/farm/1", "", 502, "<html/>")))
                .isNotEmpty();
    }

    @Test
    void expandedObjectsAndBatchesAreHeldAgainstTheirOwnSchema() {
        Map<String, String> expanded = Map.of("x-pagination-mode", "CachedObjectList-Pages");
        assertThat(contract.violations(call("GET", "/tcp/farm", expanded, "[" + FARM + "]")))
                .isEmpty();
        assertThat(contract.violations(call("GET", "/tcp/farm", expanded, "[1]")))
                .isEmpty();
        assertThat(contract.violations(call("GET", "/tcp/farm", expanded, "[{\"farmId\":\"x\"}]")))
                .isNotEmpty();

        Map<String, String> batch = Map.of("x-ovh-batch", ",");
        assertThat(contract.violations(call("GET", "/tcp/farm/1,2", batch, "[" + element(FARM) + "]")))
                .isEmpty();
        assertThat(contract.violations(call("GET", "/tcp/farm/1,2", batch, "[" + element("{\"farmId\":\"x\"}") + "]")))
                .isNotEmpty();
    }

    private static String element(String value) {
        return "{\"key\":\"1\",\"value\":" + value + ",\"error\":null}";
    }

    private static Exchange call(String method, String path, String body, int status, String reply) {
        return call(method, path, body, status, Map.of(), reply);
    }

    private static Exchange call(String method, String path, Map<String, String> headers, String reply) {
        return call(method, path, "", 200, headers, reply);
    }

    private static Exchange call(
            String method, String path, String body, int status, Map<String, String> headers, String reply) {
        String full = "/ipLoadbalancing/loadbalancer-1" + path;
        return new Exchange(Instant.EPOCH, method, full, full, "", body, "me", "id", status, true, "", headers, reply);
    }
}
