package io.jenkins.plugins.iplb.process;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the system hands to a process as bytes, its arguments and its environment: text in UTF-8, whatever the locale
 * says. Java reads it by the locale, and what that does not know becomes U+FFFD, which names something else.
 */
public final class SystemText {
    private static final char REPLACEMENT = '\uFFFD';

    /** Variables whose value means something here; of the others nobody asks. */
    private static final Pattern READ = Pattern.compile("OVH_\\w+|HOME|(?i:https?_proxy|no_proxy)");

    private final boolean utf8;
    private final Path process;

    /**
     * @param utf8 whether Java reads UTF-8
     * @param process where the system shows the raw bytes of the process
     */
    SystemText(boolean utf8, Path process) {
        this.utf8 = utf8;
        this.process = process;
    }

    /** Of this process. Where the system shows no raw bytes, what Java could not read is refused without them. */
    public static SystemText real() {
        return new SystemText("UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding")), Path.of("/proc/self"));
    }

    /**
     * The arguments as they were meant.
     *
     * @param read as Java has read them
     * @throws InvalidInput for the first that is not UTF-8; it names the bytes
     */
    public String[] arguments(String... read) {
        if (isSound(read)) {
            return read;
        }
        List<byte[]> all = raw("cmdline");
        List<byte[]> own = all.subList(Math.max(0, all.size() - read.length), all.size());
        String[] meant = new String[read.length];
        for (int i = 0; i < read.length; i++) {
            byte[] bytes = own.size() == read.length ? own.get(i) : null;
            int place = i;
            meant[i] = decoded(bytes, read[i]).orElseThrow(() -> notUtf8(place, bytes, read));
        }
        return meant;
    }

    /**
     * The environment as it was meant.
     *
     * @param read as Java has read it
     * @throws IplbException of kind {@code USAGE} for a variable that is needed and not UTF-8. Its value may be a secret,
     *     and is not shown.
     */
    public Map<String, String> environment(Map<String, String> read) {
        if (isSound(read.values().toArray(String[]::new))) {
            return read;
        }
        Map<String, byte[]> raw = new TreeMap<>();
        for (byte[] each : raw("environ")) {
            String entry = new String(each, StandardCharsets.ISO_8859_1);
            int sign = entry.indexOf('=');
            if (sign > 0) {
                raw.putIfAbsent(entry.substring(0, sign), Arrays.copyOfRange(each, sign + 1, each.length));
            }
        }
        Map<String, String> meant = new TreeMap<>();
        read.forEach((name, value) -> {
            Optional<String> decoded = decoded(raw.get(name), value);
            if (decoded.isEmpty() && READ.matcher(name).matches()) {
                throw new IplbException(
                        FailureKind.USAGE,
                        "The value of the environment variable %s is not UTF-8. Nothing was sent.".formatted(name));
            }
            meant.put(name, decoded.orElse(value));
        });
        return meant;
    }

    private boolean isSound(String... read) {
        return Arrays.stream(read).allMatch(text -> isAscii(text) || utf8 && text.indexOf(REPLACEMENT) < 0);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(character -> character < 0x80);
    }

    /** @param bytes null where they are not known; then what Java has read counts, as far as it is whole */
    private Optional<String> decoded(byte[] bytes, String read) {
        if (bytes == null) {
            return Optional.of(read).filter(this::isSound);
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static InvalidInput notUtf8(int place, byte[] bytes, String... read) {
        String before = place == 0 ? "" : read[place - 1];
        String name = before.startsWith("-") && isAscii(before) ? before : "argument " + (place + 1);
        return new InvalidInput(name, bytes == null ? read[place] : shown(bytes), "text in UTF-8");
    }

    /** ASCII as it is, every other byte as {@code \xE9}. */
    private static String shown(byte... bytes) {
        StringBuilder text = new StringBuilder();
        for (byte each : bytes) {
            text.append(each >= 0x20 && each < 0x7F ? String.valueOf((char) each) : "\\x%02X".formatted(each));
        }
        return text.toString();
    }

    /** What Linux shows of the process in a file, each with a zero byte behind it; nothing where there is no such file. */
    private List<byte[]> raw(String file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(process.resolve(file));
        } catch (IOException e) {
            return List.of();
        }
        List<byte[]> texts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                texts.add(Arrays.copyOfRange(bytes, start, i));
                start = i + 1;
            }
        }
        return texts;
    }
}
