package io.jenkins.plugins.iplb.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "45s, PT45S",
        "10m, PT10M",
        "1h, PT1H",
        "1h30m, PT1H30M",
        "1h5s, PT1H5S",
        "2m3s, PT2M3S",
        "' 90s ', PT90S",
        "0h1m, PT1M",
        "9999h, PT9999H"
    })
    void areReadAsPeopleWriteThem(String text, Duration duration) {
        assertThat(Durations.parse("timeout", text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "0s", "0h0m0s", "10", "-5m", "5m1h", "1.5h", "10 m", "10M", "PT10M", "99999h", "forever"})
    void anythingElseIsRefusedByTheNameOfTheParameter(String text) {
        assertThatThrownBy(() -> Durations.parse("timeout", text))
                .isInstanceOf(InvalidInput.class)
                .hasMessage(
                        "timeout: %s was given; allowed: a duration of at least a second, such as 45s, 10m or 1h30m",
                        text == null ? "nothing" : "'" + text + "'");
    }
}
