package io.jenkins.plugins.iplb.parameter;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of a text in PEM; what is around the blocks says nothing.
 *
 * @param label what it is, such as {@code CERTIFICATE}
 * @param content what is between its first and its last line
 */
record Pem(String label, String content) {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private static final int LINE = 64;

    static List<Pem> blocks(String text) {
        List<Pem> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            blocks.add(new Pem(block.group(1), block.group(2)));
        }
        return blocks;
    }

    /** @throws IllegalArgumentException for what is no Base64 */
    byte[] der() {
        return Base64.getDecoder().decode(content.replaceAll("\\s", ""));
    }

    /** The same in lines of the usual length. */
    String text() {
        return text(label, der());
    }

    static String text(String label, byte... der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der), label);
    }

    /** What a text is that is not what it should be, in words that tell nothing of a secret. */
    record Wrong(String words) {
        static Wrong of(List<Pem> blocks) {
            return new Wrong(
                    blocks.isEmpty()
                            ? "a text without PEM"
                            : "PEM of a " + blocks.get(0).label());
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
