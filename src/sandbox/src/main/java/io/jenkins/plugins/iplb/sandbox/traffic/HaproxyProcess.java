package io.jenkins.plugins.iplb.sandbox.traffic;

import io.jenkins.plugins.iplb.sandbox.haproxy.Rendered;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A HAProxy with a master and workers, in a folder of its own. It ends with this process, however that ends. */
public final class HaproxyProcess implements AutoCloseable {
    /** The shell holds the other end of a pipe from this process: when that is gone, so are HAProxy and the private keys. */
    private static final String KEEPER = """
        exec 3<&0
        "$@" </dev/null 3<&- &
        haproxy=$!
        { read -r _ <&3; kill "$haproxy"; } &
        keeper=$!
        exec 3<&-
        wait "$haproxy"
        kill "$keeper"
        rm -f ./*.pem
        """;

    private static final Pattern LOADED = Pattern.compile("Loading (success|failure)");
    private static final int REMEMBERED = 20;
    private static final String SOCKET = "master.sock";
    private static final long PATIENCE_SECONDS = 10;

    private final Path program;
    private final Path folder;
    private final Process shell;
    private final MasterSocket master;
    private final Consumer<String> output;
    private final Semaphore loads = new Semaphore(0);
    private final Queue<String> said = new ArrayDeque<>();
    private Optional<Rendered> lookedThrough = Optional.empty();

    private HaproxyProcess(Path program, Path folder, Process shell, Consumer<String> output) {
        this.program = program;
        this.folder = folder;
        this.shell = shell;
        this.output = output;
        this.master = new MasterSocket(folder.resolve(SOCKET));
    }

    /**
     * @param output hears every line that it prints
     * @throws IllegalStateException with HAProxy's own words
     */
    public static HaproxyProcess start(Path program, Path folder, Rendered configuration, Consumer<String> output) {
        try {
            write(folder, configuration);
            check(program, folder);
            String socket = folder.resolve(SOCKET) + ",mode,600";
            Process shell = new ProcessBuilder(
                            "/bin/sh", "-c", KEEPER, "sh", program.toString(), "-W", "-S", socket, "-f", Rendered.MAIN)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            HaproxyProcess process = new HaproxyProcess(program, folder, shell, output);
            process.awaitLoaded();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Looks through a configuration that is to be loaded. What is wrong with it is said then. */
    synchronized void lookThrough(Rendered configuration) {
        lookedThrough = Optional.empty();
        try {
            if (shell.isAlive()) {
                write(folder, configuration);
                check(program, folder);
                lookedThrough = Optional.of(configuration);
            }
        } catch (IOException | IllegalStateException e) {
            // Whoever loads it looks again.
        }
    }

    /** Comes back when the configuration is live. @throws IllegalStateException when it is not, and the old one still is */
    synchronized void load(Rendered configuration) {
        try {
            if (!lookedThrough.equals(Optional.of(configuration))) {
                write(folder, configuration);
                check(program, folder);
            }
            lookedThrough = Optional.empty();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            Set<Long> before = master.workers(deadline).current();
            loads.drainPermits();
            master.ask("reload");
            MasterSocket.Workers after = loads.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    ? master.workers(deadline)
                    : new MasterSocket.Workers(Set.of(), before);
            if (after.current().isEmpty() || before.containsAll(after.current())) {
                throw new IllegalStateException("HAProxy does not load its configuration: " + said());
            }
            master.awaitSilence(after.old(), deadline);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TimeoutException | InterruptedException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    Counters counters() {
        try {
            return master.counters(System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            shell.getOutputStream().close();
            if (!shell.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                shell.descendants().forEach(ProcessHandle::destroyForcibly);
                shell.destroyForcibly();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }

    private void awaitLoaded() {
        Thread listener = new Thread(this::listen, "iplb-sandbox-haproxy");
        listener.setDaemon(true);
        listener.start();
        try {
            if (loads.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS) && shell.isAlive()) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
        throw new IllegalStateException("HAProxy does not start: " + said());
    }

    /** The master's socket is not there while it loads: what it prints then is all there is to wait for. */
    private void listen() {
        try (BufferedReader out = shell.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                remember(line);
                output.accept(line);
                if (LOADED.matcher(line).find()) {
                    loads.release();
                }
            }
        } catch (IOException e) {
            // It is over.
        }
        loads.release();
    }

    private void remember(String line) {
        synchronized (said) {
            said.add(line);
            if (said.size() > REMEMBERED) {
                said.remove();
            }
        }
    }

    private String said() {
        synchronized (said) {
            return String.join("\n", said);
        }
    }

    /** What was there and is no more goes: there are private keys among it. */
    private static void write(Path folder, Rendered configuration) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!configuration.files().containsKey(file.getFileName().toString())) {
                    Files.delete(file);
                }
            }
        }
        for (Map.Entry<String, String> file : configuration.files().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private static void check(Path program, Path folder) throws IOException {
        Process check = new ProcessBuilder(program.toString(), "-c", "-f", Rendered.MAIN)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (check.onExit().join().exitValue() != 0) {
            throw new IllegalStateException("HAProxy does not take the configuration: " + said.strip());
        }
    }
}
