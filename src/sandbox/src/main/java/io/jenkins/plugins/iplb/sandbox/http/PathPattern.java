package io.jenkins.plugins.iplb.sandbox.http;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A path with wildcards, for faults and for counting calls: {@code *} stands for anything inside one segment (an
 * encoded slash included), {@code **} for anything at all. Matched against the raw path under the base path.
 */
public final class PathPattern {
    private final String text;
    private final Pattern pattern;

    public PathPattern(String text) {
        this.text = text;
        this.pattern = Pattern.compile(Arrays.stream(text.split("\\*\\*", -1))
                .map(part ->
                        Arrays.stream(part.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^/]*")))
                .collect(Collectors.joining(".*")));
    }

    public boolean matches(String rawPath) {
        return pattern.matcher(rawPath).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
