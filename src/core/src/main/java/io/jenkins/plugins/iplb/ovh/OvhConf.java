package io.jenkins.plugins.iplb.ovh;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.commons.configuration2.INIConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;

/** One {@code ovh.conf}: ini sections, {@code [default]} and one per endpoint. */
final class OvhConf implements Settings.Values {
    private final INIConfiguration ini;

    private OvhConf(INIConfiguration ini) {
        this.ini = ini;
    }

    /** Empty when there is no such file. */
    static Optional<OvhConf> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        INIConfiguration ini = new INIConfiguration();
        try (Reader reader = Files.newBufferedReader(file)) {
            ini.read(reader);
        } catch (IOException | ConfigurationException e) {
            throw new IplbException(
                    FailureKind.USAGE, "%s cannot be read as an ini file: %s".formatted(file, e.getMessage()), e);
        }
        return Optional.of(new OvhConf(ini));
    }

    /** As written: nothing in a secret is a variable to be replaced. Of a key that is there twice, the last counts. */
    @Override
    public Optional<String> get(String section, String key) {
        Object value = ini.getSection(section).getProperty(key);
        if (value instanceof Collection<?> several) {
            value = List.copyOf(several).get(several.size() - 1);
        }
        return Optional.ofNullable(value).map(Object::toString);
    }
}
