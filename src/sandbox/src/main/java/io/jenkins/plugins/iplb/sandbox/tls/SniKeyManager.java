package io.jenkins.plugins.iplb.sandbox.tls;

import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import okhttp3.tls.HeldCertificate;

/**
 * Has a certificate for every name a client asks for; or none for any, which makes the handshake fail, while nothing
 * deployed listens there. A deployed certificate that was given with its key is shown to who asks for one of its names,
 * or, if it is the frontend's default, for no other certificate's; everybody else gets one of the sandbox's own.
 */
final class SniKeyManager extends ServerKeyManager {
    private static final String NO_SNI = "localhost";

    private final CertificateAuthority authority;
    private final Supplier<Optional<LiveFrontend>> live;
    private final Map<String, GivenCertificate> shown = new ConcurrentHashMap<>();

    SniKeyManager(CertificateAuthority authority, Supplier<Optional<LiveFrontend>> live) {
        this.authority = authority;
        this.live = live;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        Optional<LiveFrontend> frontend = live.get();
        if (frontend.isEmpty()) {
            return null;
        }
        String name = name(engine);
        GivenCertificate certificate = shown.computeIfAbsent(
                name == null ? NO_SNI : name,
                asked -> frontend.get()
                        .certificate(Optional.ofNullable(name))
                        .map(GivenCertificate::of)
                        .orElseGet(() -> own(asked)));
        return certificate.key().getAlgorithm().equals(keyType) ? name == null ? NO_SNI : name : null;
    }

    private static String name(SSLEngine engine) {
        if (engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
            for (SNIServerName name : session.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return host.getAsciiName();
                }
            }
        }
        return null;
    }

    private GivenCertificate own(String name) {
        HeldCertificate held = name.equals(NO_SNI) ? authority.issue(NO_SNI, "127.0.0.1") : authority.issue(name);
        return new GivenCertificate(List.of(held.certificate()), held.keyPair().getPrivate());
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return shown.get(alias).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return shown.get(alias).key();
    }
}
