package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.util.Collections;
import java.util.List;

/**
 * Parameters of which only so many may be given together. Where one excludes the others, one that resets something, and
 * a flag that is not set, do not count.
 *
 * @param names in the order in which they are declared
 */
public record Group(Count count, List<String> names) {

    /** How many of them may be given. */
    public enum Count {
        EXACTLY_ONE("exactly one"),
        AT_MOST_ONE("at most one"),
        AT_LEAST_ONE("at least one");

        final String words;

        Count(String words) {
            this.words = words;
        }
    }

    public boolean isNeeded() {
        return count != Count.AT_MOST_ONE;
    }

    public boolean isExclusive() {
        return count != Count.AT_LEAST_ONE;
    }

    /** @throws InvalidInput naming the first, when one is missing, or the last that is too many */
    public void check(Arguments arguments) {
        List<String> given = names.stream()
                .filter(isExclusive() ? arguments::counts : name -> arguments.get(name) != null)
                .toList();
        if (given.isEmpty() && isNeeded()) {
            throw refusal(names.get(0), null);
        }
        if (given.size() > 1 && isExclusive()) {
            String last = given.get(given.size() - 1);
            throw refusal(last, arguments.get(last));
        }
    }

    private InvalidInput refusal(String name, JsonNode given) {
        String list = String.join(", ", Collections.nCopies(names.size() - 1, "%s")) + " and %s";
        Object shown = given != null && given.isTextual() ? given.textValue() : given;
        return new InvalidInput(name, shown, "%s of %s".formatted(count.words, list), names.toArray(String[]::new));
    }
}
