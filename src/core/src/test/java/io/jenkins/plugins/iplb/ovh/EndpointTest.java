package io.jenkins.plugins.iplb.ovh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @CsvSource({
        "ovh-eu,        https://eu.api.ovh.com/1.0,         https://www.ovh.com/auth/oauth2/token",
        "ovh-ca,        https://ca.api.ovh.com/1.0,         https://ca.ovh.com/auth/oauth2/token",
        "ovh-us,        https://api.us.ovhcloud.com/1.0,    https://us.ovhcloud.com/auth/oauth2/token",
        "kimsufi-eu,    https://eu.api.kimsufi.com/1.0,",
        "kimsufi-ca,    https://ca.api.kimsufi.com/1.0,",
        "soyoustart-eu, https://eu.api.soyoustart.com/1.0,",
        "soyoustart-ca, https://ca.api.soyoustart.com/1.0,",
    })
    void ofANameIsTheOneThatOvhPublishes(String name, URI baseUrl, URI tokenUrl) {
        Endpoint endpoint = Endpoint.of(" " + name + " ");

        assertThat(endpoint.name()).isEqualTo(name);
        assertThat(endpoint.baseUrl()).isEqualTo(baseUrl);
        assertThat(endpoint.tokenUrl().orElse(null)).isEqualTo(tokenUrl);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://ovh.example:8443/1.0", "https://ovh.example:8443/1.0/"})
    void ofAUrlHasItsTokensAtTheRootOfTheSameServer(String url) {
        Endpoint endpoint = Endpoint.of(url);

        assertThat(endpoint.name()).isEqualTo(url);
        assertThat(endpoint.baseUrl()).hasToString("https://ovh.example:8443/1.0");
        assertThat(endpoint.tokenUrl()).contains(URI.create("https://ovh.example:8443/auth/oauth2/token"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "ovh",
                "OVH-EU",
                "eu.api.ovh.com/1.0",
                "ftp://eu.api.ovh.com/1.0",
                "https:///1.0",
                "https://eu.api.ovh.com/1.0?a=b",
                "https://eu.api.ovh.com/1.0#a",
                "https://a b/1.0",
            })
    void ofAnythingElseIsRefusedNamingTheChoices(String given) {
        InvalidInput failure = catchThrowableOfType(InvalidInput.class, () -> Endpoint.of(given));

        assertThat(failure.parameter()).isEqualTo("endpoint");
        assertThat(failure.kind()).isEqualTo(FailureKind.USAGE);
        assertThat(failure).hasMessageContaining("one of ovh-eu, ovh-ca, ovh-us, kimsufi-eu");
    }

    @Test
    void ofAUrlWithAPasswordIsRefusedWithoutRepeatingIt() {
        InvalidInput failure =
                catchThrowableOfType(InvalidInput.class, () -> Endpoint.of("https://me:secret@ovh.example/1.0"));

        assertThat(failure).hasMessage("endpoint: 'a URL with a user' was given; allowed: an http(s) URL without one");
    }

    @Test
    void takesItsTokensFromElsewhereWhenToldSo() {
        Endpoint endpoint = Endpoint.of("kimsufi-eu").withTokenUrl("https://elsewhere/token");

        assertThat(endpoint.tokenUrl()).contains(URI.create("https://elsewhere/token"));
        assertThat(endpoint.baseUrl()).hasToString("https://eu.api.kimsufi.com/1.0");
        assertThat(catchThrowableOfType(InvalidInput.class, () -> endpoint.withTokenUrl("elsewhere"))
                        .parameter())
                .isEqualTo("token_url");
    }

    @Test
    void namesAreToldInTheOrderOfOvhsClients() {
        assertThat(Endpoint.names())
                .containsExactly(
                        "ovh-eu", "ovh-ca", "ovh-us", "kimsufi-eu", "kimsufi-ca", "soyoustart-eu", "soyoustart-ca");
    }

    @ParameterizedTest
    @CsvSource({"ovh-eu, eu", "ovh-ca, ca", "ovh-us, us"})
    void eachRegionHasItsControlPanel(String name, String region) {
        assertThat(Endpoint.controlPanel(Endpoint.of(name).baseUrl(), "loadbalancer-1/2"))
                .hasValue(URI.create(
                        "https://manager.%s.ovhcloud.com/dedicated/#/iplb/loadbalancer-1%%2F2".formatted(region)));
    }

    @Test
    void whereTheApiIsNotOvhsThereIsNone() {
        assertThat(Endpoint.controlPanel(Endpoint.of("kimsufi-eu").baseUrl(), "loadbalancer-1"))
                .isEmpty();
        assertThat(Endpoint.controlPanel(URI.create("http://127.0.0.1:8080/1.0"), "loadbalancer-1"))
                .isEmpty();
    }
}
