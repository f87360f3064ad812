package io.jenkins.plugins.iplb.pipeline;

import java.util.List;

/** Lists as steps hold them: one text, with commas or blanks. */
final class Lists {
    private Lists() {}

    /** @param text null or blank for none */
    static List<String> of(String text) {
        if (text == null || text.isBlank()) {
            return List.of();
        }
        return List.of(text.strip().split("[\\s,]+"));
    }
}
