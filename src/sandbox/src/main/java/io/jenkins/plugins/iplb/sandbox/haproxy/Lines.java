package io.jenkins.plugins.iplb.sandbox.haproxy;

/** A configuration as it grows: sections, and lines in them. */
final class Lines {
    private final StringBuilder text = new StringBuilder();

    /** @param about for who reads it; in one line, whatever it holds */
    Lines section(String about, String name) {
        if (!text.isEmpty()) {
            text.append('\n');
        }
        if (!about.isEmpty()) {
            text.append("# ").append(about.replaceAll("\\p{Cntrl}", " ")).append('\n');
        }
        text.append(name).append('\n');
        return this;
    }

    /** Parts that are empty are none. */
    Lines line(String... parts) {
        text.append(' ');
        for (String part : parts) {
            if (!part.isEmpty()) {
                text.append(' ').append(part);
            }
        }
        text.append('\n');
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
