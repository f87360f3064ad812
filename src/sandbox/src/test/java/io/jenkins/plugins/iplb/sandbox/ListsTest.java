package io.jenkins.plugins.iplb.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.SignedClient;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SandboxExtension.class)
class ListsTest {
    private static final String ROUTES = "/ipLoadbalancing/" + DemoWorld.SERVICE + "/tcp/route";
    private static final String[] EXPANDED = {"X-Pagination-Mode", "CachedObjectList-Pages"};

    private Sandbox sandbox;
    private SignedClient client;

    @BeforeEach
    void start(Sandbox started, TestClock clock) {
        sandbox = started;
        client = new SignedClient(sandbox, clock);
        ServiceSeed shop = sandbox.world().service(DemoWorld.SERVICE);
        for (int i = 0; i < 45; i++) {
            shop.add("tcp/route", Map.of("displayName", "route " + i, "action", Map.of("type", "reject")));
        }
    }

    @Test
    void aListAnswersIdsUnlessObjectsAreAskedFor() {
        assertThat(client.get(ROUTES).json().get(0).isIntegralNumber()).isTrue();
        assertThat(client.get(ROUTES, EXPANDED).json().get(0).isObject()).isTrue();
        assertThat(client.get(ROUTES, EXPANDED).json()).hasSize(45);
    }

    @Test
    void objectsComeInPagesOfTheSizeAskedFor() {
        var last = client.get(
                ROUTES,
                "X-Pagination-Mode",
                "CachedObjectList-Pages",
                "X-Pagination-Size",
                "20",
                "X-Pagination-Number",
                "3");
        assertThat(last.json()).hasSize(5);
        var headers = last.http().headers();
        assertThat(headers.firstValue("X-Pagination-Elements")).contains("45");
        assertThat(headers.firstValue("X-Pagination-Total")).contains("3");
        assertThat(headers.firstValue("X-Pagination-Number")).contains("3");
        assertThat(headers.firstValue("X-Pagination-Size")).contains("20");
    }

    @Test
    void expandedListsCanBeSwitchedOff() {
        sandbox.faults().withoutExpandedLists();
        assertThat(client.get(ROUTES, EXPANDED).json().get(0).isIntegralNumber())
                .isTrue();
    }

    @Test
    void aBatchAnswersEachIdOnItsOwn() {
        JsonNode ids = client.get(ROUTES).json();
        String path = ROUTES + "/" + ids.get(0) + "," + ids.get(1) + ",1";
        JsonNode answers = client.get(path, "X-Ovh-Batch", ",").json();
        assertThat(answers).hasSize(3);
        assertThat(answers.get(0).path("key").asText()).isEqualTo(ids.get(0).asText());
        assertThat(answers.get(1).path("value").path("routeId")).isEqualTo(ids.get(1));
        assertThat(answers.get(2).path("value").isNull()).isTrue();
        assertThat(answers.get(2).path("error").path("class").asText()).isEqualTo("Client::NotFound");
    }

    @Test
    void withoutBatchACommaMakesABadId() {
        sandbox.faults().withoutBatch();
        assertThat(client.get(ROUTES + "/1,2", "X-Ovh-Batch", ",").status()).isEqualTo(400);
    }
}
