package io.jenkins.plugins.iplb.check;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * The certificate that a server has shown.
 *
 * @param sha256 its fingerprint, in hexadecimal digits
 * @param names whom it is for
 * @param until when it ends
 */
public record ShownCertificate(String sha256, List<String> names, Instant until) {
    private static final int DNS_NAME = 2;
    private static final int ADDRESS = 7;

    static ShownCertificate of(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return new ShownCertificate(
                    HexFormat.of().formatHex(digest),
                    names(certificate),
                    certificate.getNotAfter().toInstant());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A certificate that came through a handshake can be written", e);
        }
    }

    private static List<String> names(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names == null
                ? List.of()
                : names.stream()
                        .filter(name -> Objects.equals(name.get(0), DNS_NAME) || Objects.equals(name.get(0), ADDRESS))
                        .map(name -> String.valueOf(name.get(1)))
                        .toList();
    }
}
