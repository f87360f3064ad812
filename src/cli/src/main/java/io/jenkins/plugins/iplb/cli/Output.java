package io.jenkins.plugins.iplb.cli;

import java.util.List;

/** How results are shown. */
enum Output {
    text,
    json;

    /** What was asked for, as far as it can be told from arguments that make no sense as a whole. */
    static Output among(List<String> arguments) {
        int option = arguments.indexOf("--output");
        boolean next = option >= 0 && option + 1 < arguments.size() && "json".equals(arguments.get(option + 1));
        return next || arguments.contains("--output=json") ? json : text;
    }
}
