package io.jenkins.plugins.iplb.parameter;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A certificate that can be put in use: with its own private key, in its time, and signed by the chain that comes with it.
 * The JDK says so: it signs with the one and verifies with the other.
 */
public final class CertifiedKey {
    private static final String CERTIFICATE = "certificate";
    private static final String KEY = "key";
    private static final String CHAIN = "chain";
    private static final int DNS_NAME = 2;
    private static final byte[] PROBE = {'i', 'p', 'l', 'b'};

    private final X509Certificate leaf;
    private final String certificate;
    private final String key;
    private final String chain;

    private CertifiedKey(X509Certificate leaf, String certificate, String key, String chain) {
        this.leaf = leaf;
        this.certificate = certificate;
        this.key = key;
        this.chain = chain;
    }

    /**
     * Reads the parameters as every face has them.
     *
     * @param certificate PEM; a chain may follow, if none is given
     * @param key PEM
     * @param chain PEM; null for none
     * @throws InvalidInput naming the parameter that does not fit, and never saying what the key is
     */
    public static CertifiedKey of(String certificate, String key, String chain) {
        List<Pem> blocks = Pem.blocks(certificate);
        List<X509Certificate> given = CertificateText.parse(CERTIFICATE, certificate);
        X509Certificate leaf = given.get(0);
        boolean follows = given.size() > 1;
        if (follows && chain != null) {
            throw new InvalidInput(
                    CHAIN, new Pem.Wrong("one more chain"), "nothing when %s holds its chain already", CERTIFICATE);
        }
        List<X509Certificate> signers = follows
                ? given.subList(1, given.size())
                : chain == null ? List.of() : CertificateText.parse(CHAIN, chain);
        mustBeInTime(leaf);
        mustFit(leaf, PrivateKeyText.block(KEY, key));
        if (!signers.isEmpty() && !isSignedBy(leaf, signers.get(0))) {
            throw new InvalidInput(
                    follows ? CERTIFICATE : CHAIN,
                    new Pem.Wrong("one that begins with %s".formatted(name(signers.get(0)))),
                    "a chain that begins with what signed the certificate: %s"
                            .formatted(leaf.getIssuerX500Principal().getName().replace("%", "%%")));
        }
        return new CertifiedKey(
                leaf,
                blocks.get(0).text(),
                PrivateKeyText.block(KEY, key).text(),
                follows ? text(blocks.subList(1, blocks.size())) : chain == null ? null : text(Pem.blocks(chain)));
    }

    private static String text(List<Pem> blocks) {
        StringBuilder text = new StringBuilder();
        blocks.forEach(block -> text.append(block.text()));
        return text.toString();
    }

    private static void mustBeInTime(X509Certificate leaf) {
        String valid = "one that is valid now";
        try {
            leaf.checkValidity();
        } catch (CertificateExpiredException e) {
            throw new InvalidInput(
                    CERTIFICATE,
                    new Pem.Wrong("%s, which expired on %s"
                            .formatted(name(leaf), leaf.getNotAfter().toInstant())),
                    valid);
        } catch (CertificateNotYetValidException e) {
            throw new InvalidInput(
                    CERTIFICATE,
                    new Pem.Wrong("%s, which is valid from %s on"
                            .formatted(name(leaf), leaf.getNotBefore().toInstant())),
                    valid);
        }
    }

    private static void mustFit(X509Certificate leaf, Pem block) {
        PublicKey certified = leaf.getPublicKey();
        String allowed = "the private key of the certificate, %s (%s)"
                .formatted(name(leaf).replace("%", "%%"), certified.getAlgorithm());
        try {
            byte[] der = block.label().equals(PrivateKeyText.PKCS8) ? block.der() : Der.pkcs8(block.der(), certified);
            PrivateKey own =
                    KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(der));
            if (!fits(own, certified)) {
                throw new InvalidInput(KEY, new Pem.Wrong("a key that does not fit the certificate"), allowed);
            }
        } catch (GeneralSecurityException e) {
            throw new InvalidInput(KEY, new Pem.Wrong("a key of another kind, or one that is damaged,"), allowed);
        }
    }

    private static boolean fits(PrivateKey own, PublicKey certified) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(
                switch (certified.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> certified.getAlgorithm();
                });
        signature.initSign(own);
        signature.update(PROBE);
        byte[] signed = signature.sign();
        signature.initVerify(certified);
        signature.update(PROBE);
        return signature.verify(signed);
    }

    private static boolean isSignedBy(X509Certificate one, X509Certificate signer) {
        try {
            one.verify(signer.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    /** Whom it is for. */
    public String subject() {
        return name(leaf);
    }

    /** The names that it is for, without whom it is for. */
    public List<String> names() {
        try {
            Collection<List<?>> all = leaf.getSubjectAlternativeNames();
            return Stream.ofNullable(all)
                    .flatMap(Collection::stream)
                    .filter(name -> name.get(0).equals(DNS_NAME))
                    .map(name -> name.get(1).toString())
                    .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** As OVH writes it. */
    public String expires() {
        return leaf.getNotAfter().toInstant().toString();
    }

    /** The fingerprints that it goes by, in hexadecimal digits: OVH does not publish which it means. */
    public List<String> fingerprints() {
        return List.of(fingerprint("SHA-1"), fingerprint("SHA-256"));
    }

    private String fingerprint(String digest) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(digest).digest(leaf.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has " + digest, e);
        }
    }

    /** What is sent to OVH. */
    public Fields fields() {
        Fields fields = Fields.none().with(CERTIFICATE, certificate).with(KEY, key);
        return chain == null ? fields : fields.with(CHAIN, chain);
    }

    /** What anybody may know of it. */
    @Override
    public String toString() {
        return "%s, until %s".formatted(subject(), expires());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CertifiedKey that && fields().equals(that.fields());
    }

    @Override
    public int hashCode() {
        return certificate.hashCode();
    }
}
