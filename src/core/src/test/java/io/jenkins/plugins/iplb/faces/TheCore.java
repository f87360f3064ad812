package io.jenkins.plugins.iplb.faces;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Limits;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.process.HttpClients;
import io.jenkins.plugins.iplb.process.Invocation;
import io.jenkins.plugins.iplb.process.Machine;
import io.jenkins.plugins.iplb.process.SingleProcess;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The core without a face: what the faces are held against. */
final class TheCore implements Face {
    @Override
    public String name() {
        return "core";
    }

    @Override
    public Optional<String> called(OperationType operation, Parameter parameter, JsonNode value) {
        return Optional.of(parameter.name());
    }

    @Override
    public Optional<String> ask(
            Sandbox sandbox, TestClock clock, Path directory, OperationType operation, ObjectNode values) {
        try {
            Fields given = new Fields(values);
            Machine machine = new Machine(
                    Map.of(
                            "OVH_ENDPOINT", sandbox.httpEndpoint().toString(),
                            "OVH_APPLICATION_KEY", sandbox.credentials().applicationKey(),
                            "OVH_APPLICATION_SECRET", sandbox.credentials().applicationSecret(),
                            "OVH_CONSUMER_KEY", sandbox.credentials().consumerKey()),
                    directory,
                    directory,
                    Limits.DEFAULT,
                    clock,
                    workers -> (delay, task) -> {
                        workers.execute(() -> {
                            clock.advance(delay);
                            task.run();
                        });
                        return () -> {};
                    });
            Invocation invocation = new Invocation(
                    Map.of(),
                    Optional.of(directory.resolve("record.json")),
                    Duration.ofMinutes(10),
                    false,
                    Map.of(),
                    status -> {},
                    CallObserver.NONE);
            new SingleProcess(machine, HttpClients.on(machine)).run(operation.operation(given), invocation);
            return Optional.empty();
        } catch (IplbException e) {
            return Optional.of(e.getMessage());
        }
    }
}
