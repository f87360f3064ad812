package io.jenkins.plugins.iplb.api;

import io.jenkins.plugins.iplb.ovh.ApiCall;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a consumer key may do.
 *
 * @param path {@code *} stands for anything, slashes included: {@code /ipLoadbalancing/*} does not cover {@code
 *     /ipLoadbalancing} itself
 */
public record Right(ApiCall.Method method, String path) {

    boolean covers(ApiCall.Method called, String calledPath) {
        String expression =
                Arrays.stream(path.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return method == called && Pattern.matches(expression, calledPath);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
