package io.jenkins.plugins.iplb.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.sandbox.testing.KeyPem;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.SignedClient;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Certificates: what is taken, when it is shown, and what OVH gets by itself. */
@ExtendWith(SandboxExtension.class)
class CertificatesTest {
    private static final String SERVICE = "/ipLoadbalancing/" + DemoWorld.SERVICE;
    private static final String SSL = SERVICE + "/ssl";
    private static final String HOST = "www.shop.example";
    private static final HeldCertificate CERTIFICATE = KeyPem.elliptic(HOST, "*.shop.example");

    private Sandbox sandbox;
    private TestClock clock;
    private SignedClient client;

    @BeforeEach
    void start(Sandbox started, TestClock testClock) {
        sandbox = started;
        clock = testClock;
        client = new SignedClient(sandbox, clock);
    }

    static Stream<HeldCertificate> kinds() {
        return Stream.of(CERTIFICATE, KeyPem.rsa(HOST));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aCertificateIsShownByItsNamesFromTheRefreshOn(HeldCertificate certificate) throws Exception {
        long id = add(certificate.certificatePem(), KeyPem.traditional(certificate))
                .path("id")
                .asLong();
        assertThat(client.get(SSL + "/" + id).json().path("san").path(0).asText())
                .isEqualTo(HOST);
        assertThat(shown(HOST)).isNotEqualTo(certificate.certificate());

        refresh();
        assertThat(shown(HOST)).isEqualTo(certificate.certificate());
        assertThat(shown("other.example")).isNotEqualTo(certificate.certificate());

        assertThat(client.delete(SSL + "/" + id).status()).isEqualTo(200);
        assertThat(shown(HOST)).isEqualTo(certificate.certificate());
        refresh();
        assertThat(shown(HOST)).isNotEqualTo(certificate.certificate());
    }

    @Test
    void theDefaultIsShownToWhoAsksForNoOther() throws Exception {
        long id = add(CERTIFICATE.certificatePem(), CERTIFICATE.privateKeyPkcs8Pem())
                .path("id")
                .asLong();
        long frontend = sandbox.world().service(DemoWorld.SERVICE).id("tcp/frontend", "https");
        client.put(SERVICE + "/tcp/frontend/" + frontend, Map.of("defaultSslId", id));
        assertThat(client.delete(SSL + "/" + id).json().toString()).contains("is used by tcp/frontend");
        refresh();

        assertThat(shown("other.example")).isEqualTo(CERTIFICATE.certificate());
        assertThat(shown(null)).isEqualTo(CERTIFICATE.certificate());
    }

    @Test
    void aNewNameWaitsForNoRefresh() {
        long id = add(CERTIFICATE.certificatePem(), CERTIFICATE.privateKeyPkcs8Pem())
                .path("id")
                .asLong();
        refresh();

        assertThat(client.put(SSL + "/" + id, Map.of("displayName", "site")).status())
                .isEqualTo(200);
        assertThat(client.get(SSL + "/" + id).json().path("displayName").asText())
                .isEqualTo("site");
        assertThat(client.get(SERVICE + "/pendingChanges").json()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            certificate | nothing of the kind | certificate: it is not a certificate in PEM
            key         | nothing of the kind | key: it is not a private key in PEM
            key         | other               | key: it does not match the certificate
            chain       | key                 | chain: it is not a certificate in PEM
            """)
    void whatIsNoCertificateWithItsKeyIsRefused(String field, String given, String message) {
        Map<String, String> body = new HashMap<>(
                Map.of("certificate", CERTIFICATE.certificatePem(), "key", CERTIFICATE.privateKeyPkcs8Pem()));
        body.put(
                field,
                switch (given) {
                    case "other" -> KeyPem.elliptic(HOST).privateKeyPkcs8Pem();
                    case "key" -> CERTIFICATE.privateKeyPkcs8Pem();
                    default -> given;
                });

        SignedClient.Answer answer = client.post(SSL, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().toString()).contains(message);
    }

    @Test
    void noPrivateKeyIsInTheLogOfCalls() {
        add(CERTIFICATE.certificatePem(), CERTIFICATE.privateKeyPkcs8Pem());

        assertThat(sandbox.calls().matching("POST", SSL))
                .singleElement()
                .satisfies(call -> assertThat(call.requestBody() + call.responseBody())
                        .contains("(not logged)")
                        .doesNotContain("PRIVATE KEY"));
    }

    @Test
    void aFreeCertificateIsThereWhenItsTaskIsDone() {
        JsonNode task = client.post(SERVICE + "/freeCertificate", Map.of("fqdn", List.of("a.example", "b.example")))
                .json();
        assertThat(task.path("action").asText()).isEqualTo("orderFreeCertificate");
        assertThat(client.get(SSL + "?type=built").json()).isEmpty();
        assertThat(client.get(SERVICE + "/task?action=orderFreeCertificate").json())
                .hasSize(1);

        clock.advance(Duration.ofMinutes(1));

        assertThat(client.get(SERVICE + "/task/" + task.path("id").asLong())
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("done");
        assertThat(client.get(SSL + "?type=built", "X-Pagination-Mode", "CachedObjectList-Pages")
                        .json()
                        .path(0)
                        .path("san"))
                .extracting(JsonNode::asText)
                .containsExactly("a.example", "b.example");
        assertThat(client.get(SERVICE + "/pendingChanges").json()).isEmpty();
    }

    private JsonNode add(String certificate, String key) {
        SignedClient.Answer answer = client.post(SSL, Map.of("certificate", certificate, "key", key));
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
        return answer.json();
    }

    private void refresh() {
        client.post(SERVICE + "/refresh", Map.of());
        clock.advance(Duration.ofMinutes(1));
    }

    /** @param name null to ask for none */
    private X509Certificate shown(String name) throws Exception {
        SSLContext any = SSLContext.getInstance("TLS");
        any.init(null, new TrustManager[] {new Trusting()}, null);
        try (SSLSocket socket = (SSLSocket) any.getSocketFactory()
                .createSocket(
                        sandbox.tlsAddress().getAddress(), sandbox.tlsAddress().getPort())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(name == null ? List.of() : List.of(new SNIHostName(name)));
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
