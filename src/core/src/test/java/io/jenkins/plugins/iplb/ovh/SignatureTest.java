package io.jenkins.plugins.iplb.ovh;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.ovh.Credentials.ApplicationKeys;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vectors that OVH's own clients publish in their tests (go-ovh, python-ovh, php-ovh). */
class SignatureTest {
    private static final ApplicationKeys KEYS = new ApplicationKeys(
            "TDPKJdwZwAQPwKX2", "9ufkBmLaTQ9nz5yMUlg79taH0GNnzDjk", "5mBuy6SUQcRw2ZUxg0cG68BoDKpED4KY");
    private static final long THEN = 1457018875;

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
    void isTheOneThatOvhPublishes(String method, String path, String hash) {
        String body = method.equals("POST") || method.equals("PUT") ? "{\"a\":\"b\",\"c\":\"d\"}" : "";

        assertThat(Signature.of(
                        KEYS, method, "https://eu.api.ovh.com" + path, body.getBytes(StandardCharsets.UTF_8), THEN))
                .isEqualTo("$1$" + hash);
    }

    @Test
    void isOfTheBytesOfTheBodyWhateverTheirCharacterSet() {
        byte[] latin1 = "é".getBytes(StandardCharsets.ISO_8859_1);
        byte[] utf8 = "é".getBytes(StandardCharsets.UTF_8);

        assertThat(Signature.of(KEYS, "POST", "https://x/1.0/a", latin1, THEN))
                .isNotEqualTo(Signature.of(KEYS, "POST", "https://x/1.0/a", utf8, THEN))
                .isNotEqualTo(
                        Signature.of(KEYS, "POST", "https://x/1.0/a", "?".getBytes(StandardCharsets.UTF_8), THEN));
    }
}
