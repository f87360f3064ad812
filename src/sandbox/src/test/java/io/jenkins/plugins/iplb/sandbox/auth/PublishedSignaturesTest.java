package io.jenkins.plugins.iplb.sandbox.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.iplb.sandbox.http.ApiRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors that OVH's own clients publish in their tests. */
class PublishedSignaturesTest {
    private static final Instant THEN = Instant.ofEpochSecond(1457018875);
    private static final SandboxCredentials CREDENTIALS = SandboxCredentials.of(
            new SandboxCredentials.Keys(
                    "TDPKJdwZwAQPwKX2", "9ufkBmLaTQ9nz5yMUlg79taH0GNnzDjk", "5mBuy6SUQcRw2ZUxg0cG68BoDKpED4KY"),
            new SandboxCredentials.Client("client", "secret"),
            "token",
            THEN);
    private static final Authenticator AUTHENTICATOR = new Authenticator(CREDENTIALS, () -> THEN);

    @ParameterizedTest
    @CsvSource({
        "GET,    /1.0/auth,   e9556054b6309771395efa467c22e627407461ad",
        "POST,   /1.0/auth,   ec2fb5c7a81f64723c77d2e5b609ae6f58a84fc1",
        "PUT,    /1.0/auth,   8a75a9e7c8e7296c9dbeda6a2a735eb6bd58ec4b",
        "DELETE, /1.0/auth,   a1eecd00b3b02b6cf5708b84b9ff42059a950d85",
        "GET,    /1.0/authTO, 1f0958be70f095ddaba525778a9ac1dcffac89f3",
        "POST,   /1.0/authTO, b592effcb3bc2d37860eceb06a1b17670fbe49c6",
        "PUT,    /1.0/authTO, 6b27c2a693a0eb4980217046b2fe10d74ba796f0",
        "DELETE, /1.0/authTO, bd59b15361548c388058009e00c508081e991e8b",
        "GET,    /1.0/call,   7f2db49253edfc41891023fcd1a54cf61db05fbb",
        "GET,    /v1/call,    e6e7906d385eb28adcbfbe6b66c1528a42d741ad",
        "GET,    /v2/call,    bb63b132a6f84ad5433d0c534d48d3f7c3804285",
    })
    void areAccepted(String method, String target, String signature) {
        assertThat(AUTHENTICATOR.identify(request(method, target, signature)).who())
                .isEqualTo("TDPKJdwZwAQPwKX2");
    }

    @Test
    void areRefusedForAnotherMethod() {
        assertThatThrownBy(() -> AUTHENTICATOR.identify(
                        request("DELETE", "/1.0/call", "7f2db49253edfc41891023fcd1a54cf61db05fbb")))
                .hasMessage("Invalid signature");
    }

    private static ApiRequest request(String method, String target, String signature) {
        String body = method.equals("POST") || method.equals("PUT") ? "{\"a\":\"b\",\"c\":\"d\"}" : "";
        Map<String, String> headers = Map.of(
                "x-ovh-application", CREDENTIALS.applicationKey(),
                "x-ovh-consumer", CREDENTIALS.consumerKey(),
                "x-ovh-timestamp", Long.toString(THEN.getEpochSecond()),
                "x-ovh-signature", "$1$" + signature);
        return new ApiRequest(
                method,
                "https",
                "eu.api.ovh.com",
                target,
                target,
                Map.of(),
                headers,
                body.getBytes(StandardCharsets.UTF_8));
    }
}
