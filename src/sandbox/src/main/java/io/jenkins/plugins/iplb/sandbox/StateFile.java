package io.jenkins.plugins.iplb.sandbox;

import io.jenkins.plugins.iplb.sandbox.auth.SandboxCredentials;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The world and its credentials in a JSON file, replaced in one move, so that a reader finds the old or the new. */
final class StateFile {
    private final Path file;

    StateFile(Path file) {
        this.file = file;
    }

    record State(SandboxCredentials.Snapshot credentials, World.Snapshot world) {}

    Optional<State> load() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readValue(file.toFile(), State.class));
        } catch (IOException e) {
            throw new UncheckedIOException("The state file " + file + " can not be read", e);
        }
    }

    synchronized void save(World world, SandboxCredentials credentials) {
        byte[] bytes = world.inside(() -> Json.bytes(Json.of(new State(credentials.snapshot(), world.snapshot()))));
        try {
            Path directory = file.toAbsolutePath().getParent();
            Files.createDirectories(directory);
            Path next = Files.createTempFile(directory, "sandbox", ".json");
            Files.write(next, bytes);
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("The state file " + file + " can not be written", e);
        }
    }
}
