package io.jenkins.plugins.iplb.sandbox.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which IAM actions a call requires: the {@code x-iam-actions} of OVH's OpenAPI description. */
public final class IamActions {
    private final Map<String, List<String>> actions;

    private IamActions(Map<String, List<String>> actions) {
        this.actions = Map.copyOf(actions);
    }

    public static IamActions load() {
        try (InputStream in = IamActions.class.getResourceAsStream("iam-actions.txt")) {
            Map<String, List<String>> actions = new HashMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> List.of(line.split("\\s+")))
                    .forEach(words -> actions.put(words.get(0) + " " + words.get(1), words.subList(2, words.size())));
            return new IamActions(actions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> of(String method, String template) {
        return actions.getOrDefault(method + " " + template, List.of());
    }
}
