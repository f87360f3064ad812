package io.jenkins.plugins.iplb.sandbox.auth;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A right of a consumer key. {@code *} in the path stands for anything, slashes included;
 * {@code /ipLoadbalancing/*} does not cover {@code /ipLoadbalancing} itself.
 */
public record AccessRule(String method, String path) {
    boolean covers(String calledMethod, String calledPath) {
        String expression =
                Arrays.stream(path.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return method.equals(calledMethod) && Pattern.matches(expression, calledPath);
    }
}
