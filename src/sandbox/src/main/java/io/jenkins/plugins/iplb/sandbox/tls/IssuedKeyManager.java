package io.jenkins.plugins.iplb.sandbox.tls;

import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import okhttp3.tls.HeldCertificate;

/** Has one certificate, which is issued when somebody first shakes hands. */
final class IssuedKeyManager extends ServerKeyManager {
    private static final String ALIAS = "issued";

    private final Supplier<HeldCertificate> issuer;
    private HeldCertificate issued;

    IssuedKeyManager(Supplier<HeldCertificate> issuer) {
        this.issuer = issuer;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return getPrivateKey(ALIAS).getAlgorithm().equals(keyType) ? ALIAS : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return new X509Certificate[] {issued().certificate()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return issued().keyPair().getPrivate();
    }

    private synchronized HeldCertificate issued() {
        if (issued == null) {
            issued = issuer.get();
        }
        return issued;
    }
}
