package io.jenkins.plugins.iplb.jenkins.controller;

import hudson.XmlFile;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * A small map that outlives the controller, in a file that is only ever replaced as a whole. Nothing in it is worth failing
 * for: what cannot be read is begun anew, and what cannot be written is said in the system log.
 *
 * @param <V> what XStream writes as it is: texts, and lists of the kind that can be changed
 */
public final class KeptMap<V> {
    private static final Logger LOGGER = Logger.getLogger(KeptMap.class.getName());

    private final XmlFile file;

    public KeptMap(XmlFile file) {
        this.file = file;
    }

    /** Below the controller's root. */
    public static <V> KeptMap<V> of(Class<?> owner) {
        return new KeptMap<>(new XmlFile(new File(Jenkins.get().getRootDir(), owner.getName() + ".xml")));
    }

    @SuppressWarnings("unchecked")
    public Map<String, V> read() {
        if (!file.exists()) {
            return Map.of();
        }
        try {
            return (Map<String, V>) file.read();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "Begun anew, since it cannot be read: " + file);
            return Map.of();
        }
    }

    public void write(Map<String, V> content) {
        try {
            file.write(new TreeMap<>(content));
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "Cannot be written: " + file);
        }
    }
}
