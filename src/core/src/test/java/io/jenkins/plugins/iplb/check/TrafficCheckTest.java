package io.jenkins.plugins.iplb.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import java.io.IOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TrafficCheckTest {
    private static final X509Certificate CERTIFICATE = new HeldCertificate.Builder()
            .addSubjectAlternativeName("www.shop.example")
            .addSubjectAlternativeName("*.shop.example")
            .build()
            .certificate();

    private static final Answer ANSWER = new Answer(
            "h2",
            200,
            Headers.of(
                    "X-Version", "41", "X-Version", "42", "Set-Cookie", "SERVERID=a1; Path=/", "Set-Cookie", "lang=fr"),
            "<h1>Welcome</h1>\nto the shop",
            Optional.of(CERTIFICATE));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            status is 200                        | status not is 200
            status in 200, 204                   | status in 201, 204
            status startswith 2                  | status startswith 5
            protocol is h2                       | protocol is http/1.1
            header:x-version is 42               | header:X-Version is 43
            header:X-Version not is 43           | header:X-Version not is 41
            header:X-Version exists              | header:X-None exists
            header:X-None not exists             | header:X-None is 42
            cookie:SERVERID exists               | cookie:serverid exists
            cookie:SERVERID is a1                | cookie:SERVERID startswith b
            cookie:lang in de, fr                | cookie:lang in de, nl
            body contains to the shop            | body contains Out of order
            body matches W[a-z]+e<               | body matches ^Welcome
            body startswith <h1>                 | body endswith shop!
            certificate:name is *.shop.example   | certificate:name is shop.example
            certificate:name endswith .example   | certificate:name not exists
            """)
    void anAnswerIsAsExpectedOrNot(String good, String bad) {
        assertThat(objection(good)).isEmpty();
        assertThat(objection(bad)).get().asString().endsWith(", expected: " + bad);
    }

    @Test
    void aFingerprintIsReadWithColonsOrWithout() throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(CERTIFICATE.getEncoded());
        String digits = HexFormat.of().formatHex(digest);
        String colons = HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);

        for (String each : List.of(digits, colons, "AB".repeat(32) + "," + colons)) {
            String match = each.contains(",") ? "in" : "is";
            assertThat(objection("certificate:sha256 " + match + " " + each)).isEmpty();
        }
        assertThat(objection("certificate:sha256 is " + "ab".repeat(32)))
                .get()
                .asString()
                .startsWith("certificate:sha256 was '" + digits);
    }

    @Test
    void whatCameIsSaidInOneLine() {
        assertThat(objection("header:X-Version is 43"))
                .contains("header:X-Version was '41', '42', expected: header:X-Version is 43");
        assertThat(objection("body contains x"))
                .contains("body was '<h1>Welcome</h1> to the shop', expected: body contains x");
        assertThat(objection("header:X-None is 43"))
                .contains("there was no header:X-None, expected: header:X-None is 43");
    }

    @Test
    void anExpressionThatTriesAllWaysIsGivenUp() {
        Answer endless = new Answer("h2", 200, Headers.of(), "a".repeat(60) + "!", Optional.empty());

        assertThat(expectation("body matches ^(.*a){15}$").objection(HttpUrl.get("https://a.example/"), endless))
                .get()
                .asString()
                .contains("too many ways to match");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            state is 200               | 'state'       | body, certificate, cookie, header, protocol, status
            status                     | 'status'      | FIELD[:SUBFIELD]
            status is                  | 'status is'   | something to compare with
            status is 99               | '99'          | a status such as 200
            status in 200, none        | 'none'        | a status such as 200
            status:x is 200            | 'status:x is 200' | status without a name
            status equals 200          | 'equals'      | contains, endswith, exists, in, is, matches, startswith
            protocol is h3             | 'h3'          | h2, http/1.1
            header is 42               | 'header is 42' | header:NAME
            cookie:a exists b          | 'cookie:a exists b' | exists alone
            body matches (             | '('           | a regular expression (Unclosed group)
            certificate:md5 is 00      | 'certificate:md5' | sha256, name
            certificate:sha256 is 00   | '00'          | 64 hexadecimal digits
            certificate:sha256 contains 00 | '00'      | 64 hexadecimal digits
            """)
    void whatCannotBeExpectedIsRefused(String said, String given, String allowed) {
        InvalidInput refusal = catchThrowableOfType(InvalidInput.class, () -> expectation(said));

        assertThat(refusal.parameter()).isEqualTo("expect");
        assertThat(refusal).hasMessageContaining(given.replaceAll("^'|'$", "")).hasMessageContaining(allowed);
    }

    @Test
    void asksForThePageOnceAndReadsItsBeginning() throws IOException, InterruptedException {
        HeldCertificate own = new HeldCertificate.Builder()
                .addSubjectAlternativeName("www.shop.example")
                .build();
        HandshakeCertificates service =
                new HandshakeCertificates.Builder().heldCertificate(own).build();
        try (MockWebServer server = new MockWebServer()) {
            server.useHttps(service.sslSocketFactory());
            server.start(InetAddress.getByName("127.0.0.1"), 0);
            server.enqueue(new MockResponse.Builder()
                    .body("first " + "x".repeat(Answer.MOST_OF_BODY) + " last")
                    .build());
            CheckTarget target = CheckTarget.of("https://www.shop.example/a?b", "127.0.0.1:" + server.getPort(), null)
                    .trusting(TrustedCa.parse("own", own.certificatePem()));

            TrafficCheck.Look look = check().ask(
                            target,
                            Stream.of("body contains first", "body not contains last")
                                    .map(TrafficCheckTest::expectation)
                                    .toList(),
                            Duration.ofMinutes(1));

            assertThat(look.objection()).isEmpty();
            assertThat(look.protocol()).contains("h2");
            assertThat(look.certificate().orElseThrow().names()).containsExactly("www.shop.example");
            assertThat(look.certificate().orElseThrow().until())
                    .isEqualTo(own.certificate().getNotAfter().toInstant());
            RecordedRequest request = server.takeRequest();
            assertThat(request.getMethod()).isEqualTo("GET");
            assertThat(request.getTarget()).isEqualTo("/a?b");
        }
    }

    @Test
    void whereNothingIsSaidAnErrorIsNoGoodAnswer() throws IOException {
        try (MockWebServer server = new MockWebServer()) {
            server.start(InetAddress.getByName("127.0.0.1"), 0);
            for (int status : new int[] {200, 302, 404, 503, 404}) {
                server.enqueue(new MockResponse.Builder().code(status).build());
            }
            CheckTarget target = CheckTarget.of("http://127.0.0.1:" + server.getPort() + "/", null, null);

            assertThat(Stream.of(200, 302, 404, 503)
                            .map(status -> check().ask(target, List.of(), Duration.ofMinutes(1))
                                    .isGood()))
                    .containsExactly(true, true, false, false);
            assertThat(check().ask(target, List.of(expectation("status is 404")), Duration.ofMinutes(1))
                            .isGood())
                    .isTrue();
        }
    }

    @Test
    void thatNothingAnswersIsWhatIsWrong() {
        CheckTarget target = CheckTarget.of("https://www.shop.example/", "nowhere.invalid:443", null);

        TrafficCheck.Look look = check().ask(target, List.of(), Duration.ofMinutes(1));

        assertThat(look.objection()).get().asString().contains("www.shop.example", "name is unknown");
        assertThat(look.status()).isEmpty();
    }

    @Test
    void anInterruptSaysNothingAboutTheService() {
        CheckTarget target = CheckTarget.of("https://www.shop.example/", "127.0.0.1:9", null);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> check().ask(target, List.of(), Duration.ofMinutes(1)))
                .isInstanceOf(IplbException.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    private static TrafficCheck check() {
        return new TrafficCheck(new OkHttpClient());
    }

    private static Optional<String> objection(String said) {
        return expectation(said).objection(HttpUrl.get("https://www.shop.example/"), ANSWER);
    }

    private static Expectation expectation(String said) {
        RuleSpec parts = RuleSpec.parse("expect", said);
        return new Expectation(parts.field(), parts.subField(), parts.match(), parts.negate(), parts.pattern());
    }
}
