package io.jenkins.plugins.iplb.file;

import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.DumpSettingsBuilder;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Values as YAML 1.2, in the style of a file.
 *
 * @param step how far what is inside stands from what it is inside of
 * @param listStep the same of the items of a list
 */
record Yaml(int step, int listStep) {
    /** For a file that has none yet. */
    static final Yaml USUAL = new Yaml(2, 2);

    private static DumpSettingsBuilder settings() {
        return DumpSettings.builder()
                .setSchema(new CoreSchema())
                .setWidth(Integer.MAX_VALUE)
                .setSplitLines(false);
    }

    /** In lines of its own, with a line break behind each. */
    String lines(Object value) {
        return new Dump(settings()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .setIndent(step)
                        .setIndicatorIndent(listStep)
                        .setIndentWithIndicator(listStep > 0)
                        .build())
                .dumpToString(value);
    }

    /** In one line, fit to stand within braces. */
    static String inline(Object value) {
        String list = new Dump(settings().setDefaultFlowStyle(FlowStyle.FLOW).build())
                .dumpToString(List.of(value))
                .strip();
        return list.substring(1, list.length() - 1);
    }

    /** A key with its value, in one line. */
    static String inline(String key, Object value) {
        if (value == null) {
            return inline(key) + ": null";
        }
        String mapping = inline(Map.of(key, value));
        return mapping.substring(1, mapping.length() - 1);
    }

    /** One value, in quotes as another one is. */
    static String quoted(Object value, Source.Form form) {
        ScalarStyle style = form == Source.Form.DOUBLE_QUOTED ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.SINGLE_QUOTED;
        return new Dump(settings().setDefaultScalarStyle(style).build())
                .dumpToString(value.toString())
                .strip();
    }
}
