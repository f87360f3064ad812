package io.jenkins.plugins.iplb.sandbox.tls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.http.ApiError;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import io.jenkins.plugins.iplb.sandbox.world.Certificate;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate of the user's own with its private key, as PEM: a key of PKCS#8, PKCS#1 or SEC 1.
 *
 * @param chain the certificate itself, and then what it was signed by
 */
public record GivenCertificate(List<X509Certificate> chain, PrivateKey key) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");

    private static final int DNS_NAME = 2;

    /** @throws ApiError 400 for what is no certificate, no key, or not the key of that certificate */
    public static GivenCertificate parse(String certificate, String key, String chain) {
        List<X509Certificate> all = new ArrayList<>(certificates("certificate", certificate));
        if (!chain.isEmpty()) {
            all.addAll(certificates("chain", chain));
        }
        PrivateKey own = key(key, all.get(0).getPublicKey());
        if (!fits(own, all.get(0).getPublicKey())) {
            throw ApiError.badRequest("Invalid value for parameter key: it does not match the certificate");
        }
        return new GivenCertificate(List.copyOf(all), own);
    }

    /** The same as it is kept. */
    static GivenCertificate of(Certificate kept) {
        return parse(kept.pem(), kept.key(), "");
    }

    /** As it is kept and shown. */
    public Certificate named(long id, JsonNode displayName) {
        X509Certificate leaf = chain.get(0);
        ObjectNode shown = Json.object()
                .put("id", id)
                .put("type", "custom")
                .put("subject", leaf.getSubjectX500Principal().getName())
                .put("serial", leaf.getSerialNumber().toString(16))
                .put("fingerprint", fingerprint(leaf))
                .put("expireDate", Json.date(leaf.getNotAfter().toInstant()));
        shown.set("displayName", displayName);
        shown.set("san", names(leaf));
        StringBuilder pem = new StringBuilder();
        chain.forEach(each -> pem.append(pem("CERTIFICATE", encoded(each))));
        return new Certificate(id, shown, pem.toString(), pem("PRIVATE KEY", key.getEncoded()));
    }

    private static List<X509Certificate> certificates(String parameter, String pem) {
        List<X509Certificate> found = new ArrayList<>();
        Matcher block = BLOCK.matcher(pem);
        while (block.find()) {
            if (!block.group(1).equals("CERTIFICATE")) {
                throw refusal(parameter, "a certificate");
            }
            found.add(certificate(parameter, bytes(block.group(2))));
        }
        if (found.isEmpty()) {
            throw refusal(parameter, "a certificate");
        }
        return found;
    }

    private static X509Certificate certificate(String parameter, byte... der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (GeneralSecurityException e) {
            throw refusal(parameter, "a certificate");
        }
    }

    private static PrivateKey key(String pem, PublicKey of) {
        Matcher block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw refusal("key", "a private key");
        }
        byte[] der = bytes(block.group(2));
        try {
            byte[] pkcs8 = block.group(1).equals("PRIVATE KEY") ? der : wrapped(der, of);
            return KeyFactory.getInstance(of.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw refusal("key", "a private key of the certificate's kind");
        }
    }

    /** PKCS#8 is a version, the kind of key, which the public one says too, and the key as PKCS#1 or SEC 1 have it. */
    private static byte[] wrapped(byte[] der, PublicKey of) {
        byte[] kind = content(of.getEncoded());
        byte[] algorithm = Arrays.copyOf(kind, headerLength(kind) + length(kind));
        byte[] version = {2, 1, 0};
        return element(0x30, version, algorithm, element(4, der));
    }

    private static byte[] element(int tag, byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        ByteBuffer element = ByteBuffer.allocate(length + 5).put((byte) tag);
        if (length > 0xff) {
            element.put((byte) 0x82).putShort((short) length);
        } else if (length > 0x7f) {
            element.put((byte) 0x81).put((byte) length);
        } else {
            element.put((byte) length);
        }
        Arrays.stream(parts).forEach(element::put);
        return Arrays.copyOf(element.array(), element.position());
    }

    private static byte[] content(byte... element) {
        int from = headerLength(element);
        return Arrays.copyOfRange(element, from, from + length(element));
    }

    private static int headerLength(byte... element) {
        return element[1] >= 0 ? 2 : 2 + (element[1] & 0x7f);
    }

    private static int length(byte... element) {
        int length = element[1] >= 0 ? element[1] : 0;
        for (int i = 2; i < headerLength(element); i++) {
            length = length << 8 | element[i] & 0xff;
        }
        return length;
    }

    private static boolean fits(PrivateKey key, PublicKey certified) {
        byte[] text = "sandbox".getBytes(StandardCharsets.UTF_8);
        try {
            Signature signature = Signature.getInstance(
                    switch (key.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> key.getAlgorithm();
                    });
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static ArrayNode names(X509Certificate leaf) {
        ArrayNode names = Json.array();
        try {
            if (leaf.getSubjectAlternativeNames() != null) {
                leaf.getSubjectAlternativeNames().stream()
                        .filter(name -> name.get(0).equals(DNS_NAME))
                        .forEach(name -> names.add(name.get(1).toString()));
            }
        } catch (GeneralSecurityException e) {
            throw refusal("certificate", "a certificate");
        }
        return names;
    }

    private static String fingerprint(X509Certificate leaf) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(encoded(leaf)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String label, byte... der) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(label, text, label);
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static ApiError refusal(String parameter, String wanted) {
        return ApiError.badRequest("Invalid value for parameter " + parameter + ": it is not " + wanted + " in PEM");
    }
}
