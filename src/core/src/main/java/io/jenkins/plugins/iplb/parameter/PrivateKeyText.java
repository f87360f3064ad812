package io.jenkins.plugins.iplb.parameter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.util.List;
import java.util.Optional;

/** A private key in PEM: PKCS#8, or PKCS#1 and SEC 1 as OpenSSL writes them; without a passphrase, which OVH has no field for. */
public record PrivateKeyText() implements Value {
    static final String PKCS8 = "PRIVATE KEY";

    private static final String ALLOWED =
            "a private key in PEM without a passphrase, which begins with -----BEGIN PRIVATE KEY-----";

    private static final List<String> LABELS = List.of(PKCS8, "RSA PRIVATE KEY", "EC PRIVATE KEY");

    @Override
    public String form() {
        return "PEM";
    }

    @Override
    public String allowed() {
        return ALLOWED;
    }

    @Override
    public boolean isSecret() {
        return true;
    }

    @Override
    public JsonNode of(String parameter, JsonNode given) {
        return TextNode.valueOf(
                block(parameter, given.isTextual() ? given.textValue() : "").text());
    }

    /** @throws InvalidInput naming the parameter, and not what was given */
    static Pem block(String parameter, String pem) {
        List<Pem> blocks = Pem.blocks(pem);
        Optional<Pem> key =
                blocks.stream().filter(block -> LABELS.contains(block.label())).findFirst();
        boolean locked = blocks.stream()
                .anyMatch(block -> block.label().equals("ENCRYPTED PRIVATE KEY")
                        || block.content().contains("ENCRYPTED"));
        if (locked) {
            throw new InvalidInput(parameter, new Pem.Wrong("a private key with a passphrase"), ALLOWED);
        }
        if (key.isEmpty()) {
            throw new InvalidInput(parameter, Pem.Wrong.of(blocks), ALLOWED);
        }
        try {
            key.get().der();
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(parameter, new Pem.Wrong("PEM that holds no key"), ALLOWED);
        }
        return key.get();
    }
}
