package io.jenkins.plugins.iplb.sandbox.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import okhttp3.tls.HeldCertificate;

/** The sandbox's own certificate authority. Made anew at each start; nobody trusts it but who is told to. */
public final class CertificateAuthority {
    private static final long DAYS = 30;
    private static final char[] IN_MEMORY = "sandbox".toCharArray();

    private final HeldCertificate authority = new HeldCertificate.Builder()
            .commonName("OVHcloud Load Balancer sandbox CA")
            .certificateAuthority(0)
            .duration(DAYS, TimeUnit.DAYS)
            .build();

    /** Writes the authority's certificate as PEM: what a client has to trust. */
    public void writeTo(Path file) {
        try {
            Files.writeString(file, authority.certificatePem());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The identity of a server that goes by these names and addresses. */
    public SSLContext identity(String... names) {
        HeldCertificate held = issue(names);
        try {
            // The default kind of store would derive a key from the password, which takes longer than all else of a sandbox's start.
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(null, null);
            store.setKeyEntry(
                    names[0], held.keyPair().getPrivate(), IN_MEMORY, new Certificate[] {held.certificate()});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, IN_MEMORY);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
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
                .signedBy(authority)
                .duration(DAYS, TimeUnit.DAYS);
        for (String name : names) {
            leaf.addSubjectAlternativeName(name);
        }
        return leaf.build();
    }
}
