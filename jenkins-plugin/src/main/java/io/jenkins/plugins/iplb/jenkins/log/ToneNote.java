package io.jenkins.plugins.iplb.jenkins.log;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.MarkupText;
import hudson.console.ConsoleAnnotationDescriptor;
import hudson.console.ConsoleAnnotator;
import hudson.console.ConsoleNote;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.Symbol;

/** Shows on the console, in Jenkins' own colours, how a text is meant. In a plain log there is the text alone. */
public final class ToneNote extends ConsoleNote<Object> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(ToneNote.class.getName());

    private final Tone tone;
    private final int length;

    /** How a text is meant. */
    public enum Tone {
        GOOD("success"),
        WARNING("warning"),
        BAD("error");

        private final String color;

        Tone(String color) {
            this.color = color;
        }
    }

    private ToneNote(Tone tone, int length) {
        this.tone = tone;
        this.length = length;
    }

    /** The text, as a log takes it. */
    static String encodeTo(Tone tone, String text) {
        try {
            return new ToneNote(tone, text.length()).encode() + text;
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "It is shown without its colour", e);
            return text;
        }
    }

    @Override
    @SuppressWarnings("rawtypes")
    public ConsoleAnnotator annotate(Object context, @NonNull MarkupText text, int charPos) {
        int end = Math.min(charPos + length, text.length());
        text.addMarkup(charPos, end, "<span class=\"jenkins-!-" + tone.color + "-color\">", "</span>");
        return null;
    }

    @Extension
    @Symbol("ovhLoadBalancerTone")
    public static final class DescriptorImpl extends ConsoleAnnotationDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.ToneNote_DisplayName();
        }
    }
}
