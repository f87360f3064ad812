package io.jenkins.plugins.iplb.ansible.playbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real Ansible in a home of its own, in which the collection was installed, with the credentials of a sandbox in the
 * environment. Whatever is run, no secret may show or stay behind.
 */
final class Ansible {
    private final Path home;
    private final Path directory;
    private final Path workingDirectory;
    private final Optional<Path> commands;
    private final Map<String, String> environment = new TreeMap<>();

    /**
     * @param home shared by the tests, so that not each of them starts from nothing
     * @param directory of the test alone
     */
    Ansible(Path home, Path directory) {
        this(home, directory, directory, Optional.empty());
    }

    private Ansible(Path home, Path directory, Path workingDirectory, Optional<Path> commands) {
        this.home = home;
        this.directory = directory;
        this.workingDirectory = workingDirectory;
        this.commands = commands;
        environment.put("HOME", home.toString());
        environment.put("PATH", System.getenv("PATH"));
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("ANSIBLE_NOCOLOR", "1");
        environment.put("ANSIBLE_LOCALHOST_WARNING", "0");
        environment.put("ANSIBLE_INVENTORY_UNPARSED_WARNING", "0");
        // Ansible asks the system where a home is, and not the environment.
        environment.put("ANSIBLE_REMOTE_TEMP", home.resolve(".ansible/tmp").toString());
        environment.put("ANSIBLE_ASYNC_DIR", home.resolve(".ansible_async").toString());
    }

    Ansible on(Sandbox sandbox) {
        return with("OVH_ENDPOINT", sandbox.httpEndpoint().toString())
                .with("OVH_APPLICATION_KEY", sandbox.credentials().applicationKey())
                .with("OVH_APPLICATION_SECRET", sandbox.credentials().applicationSecret())
                .with("OVH_CONSUMER_KEY", sandbox.credentials().consumerKey());
    }

    Ansible with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Ansible without(String... variables) {
        List.of(variables).forEach(environment::remove);
        return this;
    }

    /** The same elsewhere. */
    Ansible in(Path folder) {
        return copy(folder, commands);
    }

    /** The same of another version, whose commands are in the folder. */
    Ansible of(Path folder) {
        return copy(workingDirectory, Optional.of(folder));
    }

    private Ansible copy(Path itsWorkingDirectory, Optional<Path> itsCommands) {
        Ansible copy = new Ansible(home, directory, itsWorkingDirectory, itsCommands);
        copy.environment.putAll(environment);
        return copy;
    }

    Path home() {
        return home;
    }

    /** A file beside the plays. */
    Path write(String name, String content) {
        try {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param tasks of a play on localhost, as YAML; service is a variable */
    Ran tasks(String tasks, String... options) {
        return play("""
                - hosts: localhost
                  gather_facts: false
                  module_defaults:
                    group/ovhiplb.loadbalancer.iplb:
                      service: '{{ service }}'
                  tasks:
                """ + tasks.indent(4), options);
    }

    /** @param plays the whole playbook */
    Ran play(String plays, String... options) {
        write("play.yml", plays);
        return playbook("play.yml", options);
    }

    Ran playbook(String name, String... options) {
        List<String> command = new ArrayList<>(List.of("ansible-playbook", name, "-e", "service=" + DemoWorld.SERVICE));
        command.addAll(List.of(options));
        return run(command.toArray(String[]::new));
    }

    Ran run(String... command) {
        try {
            Path output = Files.createTempFile(directory, "output", ".txt");
            List<String> whole = new ArrayList<>(List.of(command));
            commands.ifPresent(folder -> whole.set(0, folder.resolve(command[0]).toString()));
            ProcessBuilder builder = new ProcessBuilder(whole)
                    .directory(workingDirectory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("takes too long: " + String.join(" ", command));
            }
            waitForWhatGoesOn();
            Ran ran = new Ran(process.exitValue(), Files.readString(output));
            assertThat(ran.output()).doesNotContain("sandboxsecret");
            assertThat(filesWithSecrets()).isEmpty();
            return ran;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What watches over a task in the background notices only seconds later that it is over, and cleans up then. */
    private void waitForWhatGoesOn() {
        ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .orElse("")
                        .contains(home.resolve(".ansible/tmp").toString()))
                .forEach(process ->
                        process.onExit().orTimeout(1, TimeUnit.MINUTES).join());
    }

    /** All files of the home and beside the plays that hold a secret, but those that a test has written itself. */
    private List<Path> filesWithSecrets() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path folder : List.of(home, directory)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    boolean own = file.getFileName().toString().matches("(play|secrets).yml|ovh.conf");
                    if (!own
                            && Files.readString(file, StandardCharsets.ISO_8859_1)
                                    .contains("sandboxsecret")) {
                        found.add(file);
                    }
                }
            }
        }
        return found;
    }

    /** How a command ended. */
    record Ran(int code, String output) {
        private static final Pattern RECAP =
                Pattern.compile("(?m)^\\S+\\s+: ok=(\\d+)\\s+changed=(\\d+)\\s+unreachable=(\\d+)\\s+failed=(\\d+)");

        Ran succeeded() {
            assertThat(code).as(output).isZero();
            return this;
        }

        Ran failed() {
            assertThat(code).as(output).isNotZero();
            return this;
        }

        /** How many tasks have changed something, handlers included. */
        int changed() {
            succeeded();
            Matcher recap = RECAP.matcher(output);
            assertThat(recap.find()).as(output).isTrue();
            return Integer.parseInt(recap.group(2));
        }
    }
}
