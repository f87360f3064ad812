package io.jenkins.plugins.iplb.sandbox.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import okhttp3.tls.HeldCertificate;

/**
 * Has a certificate for every name a client asks for; or none for any, which makes the handshake fail, while nothing
 * deployed listens there.
 */
final class SniKeyManager extends X509ExtendedKeyManager {
    private static final String NO_SNI = "localhost";

    private final CertificateAuthority authority;
    private final BooleanSupplier listening;
    private final Map<String, HeldCertificate> byName = new ConcurrentHashMap<>();

    SniKeyManager(CertificateAuthority authority, BooleanSupplier listening) {
        this.authority = authority;
        this.listening = listening;
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        if (!keyType.equals("EC") || !listening.getAsBoolean()) {
            return null;
        }
        if (engine.getHandshakeSession() instanceof ExtendedSSLSession session) {
            for (SNIServerName name : session.getRequestedServerNames()) {
                if (name instanceof SNIHostName host) {
                    return host.getAsciiName();
                }
            }
        }
        return NO_SNI;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return new X509Certificate[] {held(alias).certificate()};
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return held(alias).keyPair().getPrivate();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return new String[] {NO_SNI};
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return null;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return new String[0];
    }

    @Override
    public String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
        return null;
    }

    private HeldCertificate held(String name) {
        return byName.computeIfAbsent(
                name, asked -> asked.equals(NO_SNI) ? authority.issue(NO_SNI, "127.0.0.1") : authority.issue(asked));
    }
}
