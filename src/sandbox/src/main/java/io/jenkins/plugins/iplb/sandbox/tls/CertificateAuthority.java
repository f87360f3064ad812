package io.jenkins.plugins.iplb.sandbox.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import okhttp3.tls.HeldCertificate;

/**
 * The sandbox's own certificate authority. Made anew for each, once it is needed: keys take longer to make than all else of a
 * start. Nobody trusts it but who is told to.
 */
public final class CertificateAuthority {
    private static final long DAYS = 30;

    private HeldCertificate own;

    /** Writes the authority's certificate as PEM: what a client has to trust. */
    public void writeTo(Path file) {
        try {
            Files.writeString(file, own().certificatePem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The identity of a server that goes by these names and addresses. */
    public SSLContext identity(String... names) {
        return context(new IssuedKeyManager(() -> issue(names)));
    }

    static SSLContext context(KeyManager keys) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keys}, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A certificate for these names with its private key. */
    public String pem(String... names) {
        HeldCertificate held = issue(names);
        return held.certificatePem() + held.privateKeyPkcs8Pem();
    }

    HeldCertificate issue(String... names) {
        HeldCertificate.Builder leaf = new HeldCertificate.Builder()
                .commonName(names[0])
                .signedBy(own())
                .duration(DAYS, TimeUnit.DAYS);
        for (String name : names) {
            leaf.addSubjectAlternativeName(name);
        }
        return leaf.build();
    }

    private synchronized HeldCertificate own() {
        if (own == null) {
            own = new HeldCertificate.Builder()
                    .commonName("OVHcloud Load Balancer sandbox CA")
                    .certificateAuthority(0)
                    .duration(DAYS, TimeUnit.DAYS)
                    .build();
        }
        return own;
    }
}
