package io.jenkins.plugins.iplb.jenkins.form;

import io.jenkins.plugins.iplb.operation.OperationType;
import java.util.Locale;
import java.util.MissingResourceException;
import org.jvnet.localizer.LocaleProvider;
import org.jvnet.localizer.ResourceBundleHolder;

/** What fields, their words and operations are called, in {@code Labels.properties}: by the catalogue's names. */
public final class Labels {
    private static final ResourceBundleHolder TEXTS = ResourceBundleHolder.get(Labels.class);

    private Labels() {}

    /** What is to be done. */
    public static String ofOperation(OperationType operation) {
        String text = find(operation.name(), operation.name().replace('-', ' '));
        return text.substring(0, 1).toUpperCase(LocaleProvider.getLocale()) + text.substring(1);
    }

    /** One that has no text yet is called by the words of its name. */
    static String ofField(OperationType operation, String parameter) {
        String words = parameter.replaceAll("[A-Z]", " $0").toLowerCase(Locale.ENGLISH);
        return find(
                operation.name() + "." + parameter,
                find(parameter, words.substring(0, 1).toUpperCase(Locale.ENGLISH) + words.substring(1)));
    }

    /** @param word one of those to choose from; empty for none of them */
    static String ofWord(String parameter, String word) {
        return find(parameter + "/" + word, find("/" + word, word));
    }

    private static String find(String key, String otherwise) {
        try {
            return TEXTS.get(LocaleProvider.getLocale()).getString(key);
        } catch (MissingResourceException e) {
            return otherwise;
        }
    }
}
