package io.jenkins.plugins.iplb.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.iplb.ovh.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZonesTest {
    private static final Zones SOME = Zones.of(List.of("sbg", "gra"));

    @Test
    void namesAreLowerCaseAndEachThereOnceInTheirOrder() {
        assertThat(Zones.of(List.of("SBG", " gra ", "sbg")).names()).containsExactly("sbg", "gra");
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "ALL", " all "})
    void allAmongThemIsAll(String all) {
        assertThat(Zones.of(List.of("gra", all))).isEqualTo(Zones.ALL);
        assertThat(Zones.of(all)).isEqualTo(Zones.ALL);
    }

    @Test
    void aRefreshThatNamesNoneCoversAll() {
        assertThat(Zones.refreshed(List.of())).isEqualTo(Zones.ALL);
        assertThat(Zones.refreshed(List.of("gra"))).isEqualTo(Zones.of("gra"));
    }

    @Test
    void allCoverEveryZoneAndOnlyAllCoverAll() {
        assertThat(Zones.ALL.covers("rbx")).isTrue();
        assertThat(Zones.ALL.covers(SOME)).isTrue();
        assertThat(SOME.covers("GRA")).isTrue();
        assertThat(SOME.covers("rbx")).isFalse();
        assertThat(SOME.covers(Zones.of("gra"))).isTrue();
        assertThat(SOME.covers(Zones.ALL)).isFalse();
        assertThat(SOME.covers(Zones.NONE)).isTrue();
        assertThat(Zones.NONE.covers(SOME)).isFalse();
    }

    @Test
    void areAddedAndTakenAway() {
        assertThat(SOME.and(Zones.of("rbx")).names()).containsExactly("sbg", "gra", "rbx");
        assertThat(SOME.and(Zones.ALL)).isEqualTo(Zones.ALL);
        assertThat(SOME.minus(Zones.of("sbg"))).isEqualTo(Zones.of("gra"));
        assertThat(SOME.minus(Zones.ALL)).isEqualTo(Zones.NONE);
        assertThat(Zones.ALL.minus(SOME)).isEqualTo(Zones.ALL);
    }

    @Test
    void oneRequestRefreshesAllOrOne() {
        assertThat(Zones.ALL.first().toBody().json()).hasToString("{}");
        assertThat(SOME.first().toBody().json()).hasToString("{\"zone\":\"sbg\"}");
        assertThat(Zones.NONE.first()).isEqualTo(Zones.NONE);
        assertThatThrownBy(SOME::toBody).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(Zones.NONE::toBody).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void areTheSameAfterTheirWayThroughJson() throws Exception {
        for (Zones zones : List.of(Zones.ALL, SOME, Zones.NONE)) {
            String json = Json.MAPPER.writeValueAsString(zones);
            assertThat(Json.MAPPER.readValue(json, Zones.class)).as(json).isEqualTo(zones);
        }
        assertThat(Json.MAPPER.writeValueAsString(Zones.ALL)).isEqualTo("\"all\"");
    }
}
