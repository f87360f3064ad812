package io.jenkins.plugins.iplb.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/** Certificates in PEM: one, or one and then what it was signed by. */
public record CertificateText() implements Value {
    private static final String ALLOWED = "a certificate in PEM, which begins with -----BEGIN CERTIFICATE-----";

    @Override
    public String form() {
        return "PEM";
    }

    @Override
    public String allowed() {
        return ALLOWED;
    }

    @Override
    public JsonNode of(String parameter, JsonNode given) {
        StringBuilder text = new StringBuilder();
        blocks(parameter, given.isTextual() ? given.textValue() : "").forEach(block -> text.append(block.text()));
        return TextNode.valueOf(text.toString());
    }

    /**
     * The certificates of a text.
     *
     * @throws InvalidInput naming the parameter, for a text without any, and with anything else
     */
    static List<X509Certificate> parse(String parameter, String pem) {
        return blocks(parameter, pem).stream()
                .map(block -> certificate(parameter, block))
                .toList();
    }

    private static List<Pem> blocks(String parameter, String pem) {
        List<Pem> blocks = Pem.blocks(pem);
        List<Pem> others = blocks.stream()
                .filter(block -> !block.label().equals("CERTIFICATE"))
                .toList();
        if (blocks.isEmpty() || !others.isEmpty()) {
            throw new InvalidInput(parameter, Pem.Wrong.of(others), ALLOWED);
        }
        blocks.forEach(block -> certificate(parameter, block));
        return blocks;
    }

    private static X509Certificate certificate(String parameter, Pem block) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(block.der()));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new InvalidInput(parameter, new Pem.Wrong("PEM that holds no certificate"), ALLOWED);
        }
    }
}
