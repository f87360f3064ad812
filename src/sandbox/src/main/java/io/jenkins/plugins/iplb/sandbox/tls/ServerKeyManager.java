package io.jenkins.plugins.iplb.sandbox.tls;

import java.net.Socket;
import java.security.Principal;
import javax.net.ssl.X509ExtendedKeyManager;

/** Of a server whose handshakes engines do. */
abstract class ServerKeyManager extends X509ExtendedKeyManager {
    @Override
    public final String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return null;
    }

    @Override
    public final String[] getServerAliases(String keyType, Principal[] issuers) {
        return new String[0];
    }

    @Override
    public final String[] getClientAliases(String keyType, Principal[] issuers) {
        return new String[0];
    }

    @Override
    public final String chooseClientAlias(String[] keyType, Principal[] issuers, Socket socket) {
        return null;
    }
}
