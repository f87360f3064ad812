package io.jenkins.plugins.iplb.sandbox.auth;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Granted and denied IAM actions, {@code *} standing for any part of a name; a denial wins. */
public record IamPolicy(Set<String> granted, Set<String> denied) {
    public static final IamPolicy ALL = new IamPolicy(Set.of("*"), Set.of());
    public static final IamPolicy NONE = new IamPolicy(Set.of(), Set.of());

    public IamPolicy {
        granted = Set.copyOf(granted);
        denied = Set.copyOf(denied);
    }

    public static IamPolicy granting(String... actions) {
        return new IamPolicy(Set.of(actions), Set.of());
    }

    public IamPolicy denying(String... actions) {
        return new IamPolicy(granted, Set.of(actions));
    }

    boolean allows(String action) {
        return covers(granted, action) && !covers(denied, action);
    }

    private static boolean covers(Collection<String> patterns, String action) {
        return patterns.stream()
                .map(pattern -> Arrays.stream(pattern.split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")))
                .anyMatch(expression -> Pattern.matches(expression, action));
    }
}
