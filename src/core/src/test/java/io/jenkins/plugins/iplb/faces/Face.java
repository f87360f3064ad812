package io.jenkins.plugins.iplb.faces;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.nio.file.Path;
import java.util.Optional;

/** A way to ask for an operation, as {@link FacesContract} drives it. */
public interface Face {
    String name();

    /** Whether it can ask for an operation. */
    default boolean has(OperationType operation) {
        return true;
    }

    /** What it calls a parameter; empty when it does not have it, or not with a value like this. */
    Optional<String> called(OperationType operation, Parameter parameter, JsonNode value);

    /**
     * Asks for an operation, with the credentials of the sandbox.
     *
     * @param directory an empty one, to be in
     * @param values by the names of the parameters, as numbers and flags or as text; null and {@code none} reset
     * @return the message, when it failed
     */
    Optional<String> ask(Sandbox sandbox, TestClock clock, Path directory, OperationType operation, ObjectNode values);
}
