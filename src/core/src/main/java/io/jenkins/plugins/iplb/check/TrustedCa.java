package io.jenkins.plugins.iplb.check;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The certificate authorities that a check trusts <em>instead of</em> those of the platform: so a check that passes
 * tells that the certificate comes from here, and not from just anyone.
 */
public final class TrustedCa {
    private static final String ALLOWED = "a PEM file with one or more CA certificates";

    private final List<Certificate> certificates;

    private TrustedCa(List<Certificate> certificates) {
        this.certificates = certificates;
    }

    /**
     * Reads a PEM file.
     *
     * @throws InvalidInput for {@code ca}
     */
    public static TrustedCa read(String file) {
        try {
            // PEM is ASCII, but the remarks between its blocks may be anything: this reads every byte.
            return parse(file, Files.readString(Path.of(file), StandardCharsets.ISO_8859_1));
        } catch (IOException | InvalidPathException e) {
            throw new InvalidInput("ca", file, ALLOWED + " that can be read");
        }
    }

    /**
     * Reads the text of a PEM file.
     *
     * @param name what messages call it
     * @throws InvalidInput for {@code ca}
     */
    public static TrustedCa parse(String name, String pem) {
        try {
            Collection<? extends Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)));
            if (certificates.isEmpty()) {
                throw new InvalidInput("ca", name, ALLOWED);
            }
            return new TrustedCa(List.copyOf(certificates));
        } catch (CertificateException e) {
            throw new InvalidInput("ca", name, ALLOWED);
        }
    }

    X509TrustManager trust() {
        try {
            KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
            anchors.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                anchors.setCertificateEntry("ca-" + i, certificates.get(i));
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(anchors);
            return (X509TrustManager) trust.getTrustManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Every Java runtime has X.509 trust", e);
        }
    }
}
