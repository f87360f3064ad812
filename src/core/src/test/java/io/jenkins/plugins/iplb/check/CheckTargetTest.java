package io.jenkins.plugins.iplb.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTargetTest {
    @TempDir
    Path directory;

    @Test
    void blankParametersAreNone() {
        assertThat(CheckTarget.of(" https://www.shop.example/health?deep=1#top ", " ", ""))
                .isEqualTo(new CheckTarget(URI.create("https://www.shop.example/health?deep=1"), null, null));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "www.shop.example", "http://www.shop.example/", "ftp://www.shop.example/", "https://"})
    void onlyAnHttpsUrlCanBeAskedForItsProtocol(String url) {
        InvalidInput refusal = catchThrowableOfType(InvalidInput.class, () -> CheckTarget.overTls(url, null, null));

        assertThat(refusal.parameter()).isEqualTo("url");
        assertThat(refusal).hasMessageContaining("https");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "www.shop.example", "ftp://www.shop.example/", "https://"})
    void onlyAnHttpUrlCanBeAsked(String url) {
        assertThat(refusal(url, null, null).parameter()).isEqualTo("url");
        assertThat(CheckTarget.of("http://www.shop.example", null, null).place())
                .isEqualTo("www.shop.example:80");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://me:TOP@www.shop.example/", "https://me:TOP@www.shop.example:99999/"})
    void aUserInTheUrlIsRefusedAndNotShown(String url) {
        for (InvalidInput refusal : List.of(
                refusal(url, null, null),
                catchThrowableOfType(InvalidInput.class, () -> CheckTarget.overTls(url, null, null)))) {
            assertThat(refusal.parameter()).isEqualTo("url");
            assertThat(refusal.getMessage()).doesNotContain("TOP").contains("without a user");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7:443, 203.0.113.7, 443",
        "www.shop.example:8443, www.shop.example, 8443",
        "[2001:db8::7]:443, 2001:db8::7, 443"
    })
    void aPlaceToConnectToIsAHostAndAPort(String text, String host, int port) {
        ConnectTo connectTo = ConnectTo.parse(text);

        assertThat(connectTo).isEqualTo(new ConnectTo(host, port));
        assertThat(connectTo).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "203.0.113.7",
                ":443",
                "2001:db8::7:443",
                "host:0",
                "host:65536",
                "host:443:other:443",
                "https://host:443",
                "me@host:443"
            })
    void anythingElseIsNoPlaceToConnectTo(String text) {
        assertThat(refusal("https://www.shop.example/", text, null).parameter()).isEqualTo("connectTo");
    }

    @Test
    void anAuthorityMustBeInAPemFile() throws IOException {
        Path text = Files.writeString(directory.resolve("text.pem"), "hello");
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        Path torn = Files.writeString(directory.resolve("torn.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n");

        for (Path file : new Path[] {text, empty, torn, directory, directory.resolve("none.pem")}) {
            InvalidInput refusal = refusal("https://www.shop.example/", null, file.toString());

            assertThat(refusal.parameter()).isEqualTo("ca");
            assertThat(refusal).hasMessageContaining(file.toString()).hasMessageContaining("PEM");
        }
    }

    private static InvalidInput refusal(String url, String connectTo, String ca) {
        return catchThrowableOfType(InvalidInput.class, () -> CheckTarget.of(url, connectTo, ca));
    }
}
