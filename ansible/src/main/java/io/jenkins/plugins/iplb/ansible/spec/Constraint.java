package io.jenkins.plugins.iplb.ansible.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** What several options of a module must be together. */
public sealed interface Constraint {

    /** What is wrong, in Ansible's words. */
    Optional<String> violation(ObjectNode arguments);

    private static int given(List<String> options, ObjectNode arguments) {
        int given = 0;
        for (String option : options) {
            given += arguments.has(option) ? 1 : 0;
        }
        return given;
    }

    /** At most one of them is given; an empty list or dictionary takes something away, and so goes with the others. */
    record MutuallyExclusive(List<String> options) implements Constraint {
        @Override
        public Optional<String> violation(ObjectNode arguments) {
            int given = 0;
            for (String option : options) {
                JsonNode value = arguments.path(option);
                given += value.isMissingNode() || value.isContainerNode() && value.isEmpty() ? 0 : 1;
            }
            return given < 2
                    ? Optional.empty()
                    : Optional.of("parameters are mutually exclusive: " + String.join("|", options));
        }
    }

    /** At least one of them is given. */
    record RequiredOneOf(List<String> options) implements Constraint {
        @Override
        public Optional<String> violation(ObjectNode arguments) {
            return given(options, arguments) > 0
                    ? Optional.empty()
                    : Optional.of("one of the following is required: " + String.join(", ", options));
        }
    }

    /** All of them are given, or none. */
    record RequiredTogether(List<String> options) implements Constraint {
        @Override
        public Optional<String> violation(ObjectNode arguments) {
            int given = given(options, arguments);
            return given == 0 || given == options.size()
                    ? Optional.empty()
                    : Optional.of("parameters are required together: " + String.join(", ", options));
        }
    }

    /** When an option has a value, at least one of the others is given. */
    record RequiredIf(String option, String value, List<String> oneOf) implements Constraint {
        @Override
        public Optional<String> violation(ObjectNode arguments) {
            boolean applies = arguments.path(option).asText().equals(value);
            return !applies || given(oneOf, arguments) > 0
                    ? Optional.empty()
                    : Optional.of("%s is %s but %s of the following are missing: %s"
                            .formatted(option, value, oneOf.size() == 1 ? "all" : "any", String.join(", ", oneOf)));
        }
    }
}
