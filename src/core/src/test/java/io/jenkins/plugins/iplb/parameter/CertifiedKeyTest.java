package io.jenkins.plugins.iplb.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.sandbox.testing.KeyPem;
import java.util.stream.Stream;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CertifiedKeyTest {
    private static final HeldCertificate AUTHORITY = new HeldCertificate.Builder()
            .commonName("authority")
            .certificateAuthority(0)
            .build();

    private static final HeldCertificate ELLIPTIC = KeyPem.certificate("www.shop.example", "shop.example")
            .ecdsa256()
            .signedBy(AUTHORITY)
            .build();

    private static final HeldCertificate RSA = KeyPem.rsa("rsa.example");

    static Stream<HeldCertificate> kinds() {
        return Stream.of(ELLIPTIC, RSA);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aKeyIsTakenInEveryFormThatOpensslWrites(HeldCertificate held) {
        for (String key : new String[] {held.privateKeyPkcs8Pem(), KeyPem.traditional(held)}) {
            CertifiedKey certified = CertifiedKey.of(held.certificatePem(), key, null);

            assertThat(certified.subject())
                    .isEqualTo(held.certificate().getSubjectX500Principal().getName());
            assertThat(certified.fields().json().path("key").asText()).isEqualTo(key);
            assertThat(certified.fingerprints())
                    .satisfiesExactly(
                            sha1 -> assertThat(sha1).hasSize(40),
                            sha256 -> assertThat(sha256).hasSize(64));
        }
    }

    @Test
    void theChainMayFollowTheCertificate() {
        CertifiedKey one = CertifiedKey.of(
                ELLIPTIC.certificatePem() + "\nremarks\n" + AUTHORITY.certificatePem(),
                ELLIPTIC.privateKeyPkcs8Pem(),
                null);
        CertifiedKey other =
                CertifiedKey.of(ELLIPTIC.certificatePem(), ELLIPTIC.privateKeyPkcs8Pem(), AUTHORITY.certificatePem());

        assertThat(one).isEqualTo(other);
        assertThat(one.fields().json().path("chain").asText()).isEqualTo(AUTHORITY.certificatePem());
        assertThat(one.names()).containsExactly("www.shop.example", "shop.example");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nothing  | key     |       | certificate: a text without PEM was given; allowed: a certificate in PEM
            key      | key     |       | certificate: PEM of a PRIVATE KEY was given; allowed: a certificate in PEM
            damaged  | key     |       | certificate: PEM that holds no certificate was given; allowed: a certificate in PEM
            expired  | expired |       | certificate: CN=old.example, which expired on 1970-
            leaf     | nothing |       | key: a text without PEM was given; allowed: a private key in PEM without a passphrase
            leaf     | leaf    |       | key: PEM of a CERTIFICATE was given; allowed: a private key in PEM
            leaf     | locked  |       | key: a private key with a passphrase was given; allowed: a private key in PEM without
            leaf     | other   |       | key: a key that does not fit the certificate was given; allowed: the private key of the certificate, CN=www.shop.example (EC)
            leaf     | rsa     |       | key: a key of another kind, or one that is damaged, was given; allowed: the private key of the certificate, CN=www.shop.example (EC)
            leaf     | old     |       | key: a key of another kind, or one that is damaged, was given; allowed: the private key of the certificate
            leaf     | key     | key   | chain: PEM of a PRIVATE KEY was given; allowed: a certificate in PEM
            leaf     | key     | rsa   | chain: one that begins with CN=rsa.example was given; allowed: a chain that begins with what signed the certificate: CN=authority
            both     | key     | chain | chain: one more chain was given; allowed: nothing when certificate holds its chain already
            """)
    void whatDoesNotFitIsToldByItsParameterAndNotShown(String certificate, String key, String chain, String message) {
        String secret = key(key);

        assertThatThrownBy(() -> CertifiedKey.of(certificate(certificate), secret, chain(chain)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("-----END")
                .hasMessageNotContaining("MII");
    }

    private static String certificate(String which) {
        return switch (which) {
            case "leaf" -> ELLIPTIC.certificatePem();
            case "both" -> ELLIPTIC.certificatePem() + AUTHORITY.certificatePem();
            case "expired" -> expired().certificatePem();
            case "key" -> ELLIPTIC.privateKeyPkcs8Pem();
            case "damaged" -> ELLIPTIC.certificatePem().replaceFirst("MII", "AAA");
            default -> which;
        };
    }

    private static HeldCertificate expired() {
        return new HeldCertificate.Builder()
                .commonName("old.example")
                .validityInterval(1, 2)
                .build();
    }

    private static String key(String which) {
        return switch (which) {
            case "key" -> ELLIPTIC.privateKeyPkcs8Pem();
            case "leaf" -> ELLIPTIC.certificatePem();
            case "other" -> KeyPem.elliptic("other.example").privateKeyPkcs8Pem();
            case "rsa" -> RSA.privateKeyPkcs8Pem();
            case "old" -> KeyPem.traditional(RSA);
            case "locked" -> ELLIPTIC.privateKeyPkcs8Pem().replace("PRIVATE", "ENCRYPTED PRIVATE");
            default -> which;
        };
    }

    private static String chain(String which) {
        if (which == null) {
            return null;
        }
        return switch (which) {
            case "chain" -> AUTHORITY.certificatePem();
            case "rsa" -> RSA.certificatePem();
            default -> ELLIPTIC.privateKeyPkcs8Pem();
        };
    }
}
