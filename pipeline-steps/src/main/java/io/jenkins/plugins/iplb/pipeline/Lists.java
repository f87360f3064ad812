package io.jenkins.plugins.iplb.pipeline;

import java.util.Arrays;
import java.util.List;

/** Lists as steps hold them: one text, with commas. */
final class Lists {
    private Lists() {}

    /** @param text null or blank for none */
    static List<String> of(String text) {
        if (text == null || text.isBlank()) {
            return List.of();
        }
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }
}
