package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * The text of a record, as {@link RecordJson#MAPPER} writes it. What was in the record before as the very same node is
 * copied from its text; only what is new is written out.
 */
final class Rendering {
    /** Below the entries, an entry and a list of it: one call of it, say. What is finer is written out with it. */
    private static final int FINEST = 4;

    private final Map<JsonNode, Place> places = new IdentityHashMap<>();
    private final byte[] bytes;

    /** Where in the text a node is. */
    private record Place(int offset, int length) {}

    private Rendering(ObjectNode record, Rendering before) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(before.bytes.length * 5 / 4);
        write(record, 0, before, out);
        out.write('\n');
        bytes = out.toByteArray();
    }

    private Rendering() {
        bytes = new byte[0];
    }

    /** Of nothing, which has nothing to copy from. */
    static Rendering none() {
        return new Rendering();
    }

    /** That of a record that was made of this one. @param record no node of it is altered from now on */
    Rendering next(ObjectNode record) {
        return new Rendering(record, this);
    }

    byte[] bytes() {
        return bytes;
    }

    private void write(JsonNode node, int level, Rendering before, ByteArrayOutputStream out) {
        if (!node.isContainerNode() || node.isEmpty()) {
            write(json(node), out);
            return;
        }
        int offset = out.size();
        Place known = before.places.get(node);
        if (known != null) {
            out.write(before.bytes, known.offset(), known.length());
        } else if (level == FINEST) {
            // In JSON a line break stands between values only: one within a text is escaped.
            write(json(node).replace("\n", line(level)), out);
        } else {
            writeParts(node, level, before, out);
        }
        places.put(node, new Place(offset, out.size() - offset));
    }

    private void writeParts(JsonNode node, int level, Rendering before, ByteArrayOutputStream out) {
        String separator = line(level + 1);
        write(node.isObject() ? "{" : "[", out);
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                write(separator + json(field.getKey()) + ": ", out);
                write(field.getValue(), level + 1, before, out);
                separator = "," + line(level + 1);
            }
        } else {
            for (JsonNode element : node) {
                write(separator, out);
                write(element, level + 1, before, out);
                separator = "," + line(level + 1);
            }
        }
        write(line(level) + (node.isObject() ? "}" : "]"), out);
    }

    private static void write(String text, ByteArrayOutputStream out) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String line(int level) {
        return "\n" + "  ".repeat(level);
    }

    private static String json(Object value) {
        try {
            return RecordJson.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
