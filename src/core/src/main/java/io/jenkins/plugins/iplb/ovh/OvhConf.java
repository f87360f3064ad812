package io.jenkins.plugins.iplb.ovh;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.configuration2.INIConfiguration;
import org.apache.commons.configuration2.SubnodeConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;

/**
 * One {@code ovh.conf}: ini sections, {@code [default]} and one per endpoint, as OVH's Python and Go clients take them:
 * keys in any case, a comment behind the name of a section, a byte order mark in front.
 */
final class OvhConf implements Settings.Values {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final Path file;
    private final INIConfiguration ini;
    private final List<String> sections;
    private final IplbException unreadable;

    private OvhConf(Path file, INIConfiguration ini, IplbException unreadable) {
        this.file = file;
        this.ini = ini;
        // Before any is asked for: the library makes what it is asked for.
        this.sections = ini.getSections().stream()
                .filter(Objects::nonNull)
                .map(section -> "[" + section + "]")
                .toList();
        this.unreadable = unreadable;
    }

    /** Empty when there is no such file. One that is there and cannot be read has no values, and says why. */
    static Optional<OvhConf> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        INIConfiguration ini =
                INIConfiguration.builder().setSectionInLineCommentsAllowed(true).build();
        try {
            String text = Files.readString(file);
            ini.read(new StringReader(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text));
            return Optional.of(new OvhConf(file, ini, null));
        } catch (IOException | ConfigurationException e) {
            IplbException unreadable =
                    new IplbException(FailureKind.USAGE, "%s cannot be read: %s".formatted(file, reason(e)), e);
            return Optional.of(new OvhConf(file, new INIConfiguration(), unreadable));
        }
    }

    /** As written: nothing in a secret is a variable to be replaced. Of a key that is there twice, the last counts. */
    @Override
    public Optional<String> get(String section, String key) {
        SubnodeConfiguration values = ini.getSection(section);
        Object value = null;
        for (Iterator<String> keys = values.getKeys(); keys.hasNext(); ) {
            String each = keys.next();
            if (each.equalsIgnoreCase(key)) {
                value = values.getProperty(each);
            }
        }
        if (value instanceof Collection<?> several) {
            value = List.copyOf(several).get(several.size() - 1);
        }
        return Optional.ofNullable(value).map(Object::toString);
    }

    @Override
    public void requireReadable() {
        if (unreadable != null) {
            throw unreadable;
        }
    }

    @Override
    public Optional<String> outline() {
        String named = sections.isEmpty() ? "no section" : String.join(", ", sections);
        return Optional.of("%s has %s".formatted(file, named));
    }

    private static String reason(Exception e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof CharacterCodingException ? "it is not UTF-8" : e.getMessage();
    }
}
