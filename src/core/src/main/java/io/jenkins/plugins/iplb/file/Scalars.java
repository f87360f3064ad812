package io.jenkins.plugins.iplb.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;

/** What unquoted words mean: the core schema of YAML 1.2, in which {@code no} and {@code on} are texts. */
final class Scalars {
    private static final Pattern LEADING_ZERO = Pattern.compile("[-+]?0[0-9]+");

    private final ScalarResolver core = new CoreScalarResolver(false);
    private final Mistakes mistakes;

    Scalars(Mistakes mistakes) {
        this.mistakes = mistakes;
    }

    JsonNode text(String text) {
        return TextNode.valueOf(text);
    }

    JsonNode plain(String text, Place place) {
        if (LEADING_ZERO.matcher(text).matches()) {
            mistakes.at(
                    place,
                    "%s: with a zero before it a number is read in two ways; write it without, or in quotes"
                            .formatted(text));
            return text(text);
        }
        Tag tag = core.resolve(text, true);
        if (tag.equals(Tag.NULL)) {
            return NullNode.instance;
        }
        if (tag.equals(Tag.BOOL)) {
            return BooleanNode.valueOf(Boolean.parseBoolean(text));
        }
        if (tag.equals(Tag.INT)) {
            return whole(text);
        }
        return tag.equals(Tag.FLOAT) ? decimal(text) : text(text);
    }

    private static JsonNode whole(String text) {
        if (text.startsWith("0x")) {
            return BigIntegerNode.valueOf(new BigInteger(text.substring(2), 16));
        }
        return text.startsWith("0o")
                ? BigIntegerNode.valueOf(new BigInteger(text.substring(2), 8))
                : BigIntegerNode.valueOf(new BigInteger(text));
    }

    /** What is infinite or no number stays the word that it is. */
    private JsonNode decimal(String text) {
        try {
            return DecimalNode.valueOf(new BigDecimal(text));
        } catch (NumberFormatException e) {
            return text(text);
        }
    }
}
