package io.jenkins.plugins.iplb.sandbox.testing;

import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HeldCertificate;

/** Certificates for tests, and the forms in which private keys are kept. */
public final class KeyPem {
    private KeyPem() {}

    /** Its key is of the NIST curve P-256. */
    public static HeldCertificate elliptic(String... names) {
        return certificate(names).ecdsa256().build();
    }

    public static HeldCertificate rsa(String... names) {
        return certificate(names).rsa2048().build();
    }

    /** To be signed, or to be given another life. */
    public static HeldCertificate.Builder certificate(String... names) {
        HeldCertificate.Builder builder =
                new HeldCertificate.Builder().commonName(names[0]).duration(30, TimeUnit.DAYS);
        Arrays.stream(names).forEach(builder::addSubjectAlternativeName);
        return builder;
    }

    /** As {@code openssl rsa -traditional} and {@code openssl ec} write it: PKCS#1, or SEC 1. */
    public static String traditional(HeldCertificate certificate) {
        PrivateKey key = certificate.keyPair().getPrivate();
        return key instanceof ECPrivateKey ? pem("EC PRIVATE KEY", sec1(key)) : certificate.privateKeyPkcs1Pem();
    }

    /** It is the last element of PKCS#8, all but the rest of which has a known length for this curve. */
    private static byte[] sec1(PrivateKey key) {
        byte[] pkcs8 = key.getEncoded();
        int header = "30xx 020100 3013 06072a8648ce3d0201 06082a8648ce3d030107 04xx"
                        .replace(" ", "")
                        .length()
                / 2;
        return Arrays.copyOfRange(pkcs8, header, pkcs8.length);
    }

    private static String pem(String label, byte... der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), label);
    }
}
