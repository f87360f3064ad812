package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import com.fasterxml.jackson.datatype.jsr310.ser.InstantSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** How the record is read and written: nothing that others put into it may be changed by passing through here. */
final class RecordJson {
    static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(instants())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // 1.10 stays 1.10, and a number too long for a double keeps its digits.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            // A second field of the same name, or text after the end, would be dropped silently: refuse it instead.
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .defaultPrettyPrinter(prettyPrinter())
            .build();

    private static final ObjectWriter SHORT = MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT);
    private static final ObjectReader OWN = MAPPER.reader().without(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    private RecordJson() {}

    /** A record has no other kind of time; to get ready for all kinds takes longer than to write it. */
    private static SimpleModule instants() {
        return new SimpleModule("instants")
                .addSerializer(InstantSerializer.INSTANCE)
                .addDeserializer(Instant.class, InstantDeserializer.INSTANT);
    }

    /** A value as an object that equals the one that is read from the text of it, down to the kinds of its numbers. */
    static ObjectNode object(Object value) {
        return (ObjectNode) node(value);
    }

    /** As {@link #object}, of any value. */
    static JsonNode node(Object value) {
        try {
            return OWN.readTree(SHORT.writeValueAsBytes(value));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same bytes on every system, one field or element a line, so that records compare well line by line. */
    private static DefaultPrettyPrinter prettyPrinter() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        return new DefaultPrettyPrinter(separators).withObjectIndenter(indenter).withArrayIndenter(indenter);
    }
}
