package io.jenkins.plugins.iplb.sandbox.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A PostgreSQL of Debian's, on loopback, that ends sessions which do nothing within a transaction. */
public final class PostgresServer implements AutoCloseable {
    public static final Duration IDLE = Duration.ofMillis(500);

    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

    private final Path programs;
    private final Path data;
    private final int port;

    private PostgresServer(Path programs, Path data, int port) {
        this.programs = programs;
        this.data = data;
        this.port = port;
    }

    /** Where its programs are; empty where it is not installed. */
    public static Optional<Path> programs() {
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(VERSIONS, "[0-9]*")) {
            for (Path version : versions) {
                return Optional.of(version.resolve("bin"));
            }
        } catch (IOException e) {
            // It is not installed.
        }
        return Optional.empty();
    }

    /** @param directory of nobody else, which goes with the server */
    public static PostgresServer start(Path programs, Path directory) throws IOException {
        PostgresServer server = new PostgresServer(programs, directory.resolve("data"), freePort());
        if (isRoot()) {
            run(List.of("chown", "postgres", directory.toString()));
        }
        server.program("initdb", "--no-sync", "--auth=trust", "--username=deploy", "--pgdata=" + server.data);
        server.program(
                "pg_ctl",
                "--wait",
                "--pgdata=" + server.data,
                "--log=" + directory.resolve("log"),
                "--options=-h 127.0.0.1 -p %d -k '' -F -c idle_in_transaction_session_timeout=%d"
                        .formatted(server.port, IDLE.toMillis()),
                "start");
        return server;
    }

    public String address() {
        return "postgresql://deploy@127.0.0.1:%d/postgres".formatted(port);
    }

    /** Ends every session of the product. */
    public void endSessions() throws IOException {
        program(
                "psql",
                "--quiet",
                "--host=127.0.0.1",
                "--port=" + port,
                "--username=deploy",
                "--dbname=postgres",
                "--command=select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'iplb'");
    }

    @Override
    public void close() throws IOException {
        program("pg_ctl", "--wait", "--mode=immediate", "--pgdata=" + data, "stop");
        run(List.of("rm", "-r", data.getParent().toString()));
    }

    private void program(String name, String... arguments) throws IOException {
        List<String> line = new ArrayList<>();
        if (isRoot()) {
            line.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        line.add(programs.resolve(name).toString());
        line.addAll(List.of(arguments));
        run(line);
    }

    private static void run(List<String> line) throws IOException {
        Process process = new ProcessBuilder(line)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(line + " ended with " + process.exitValue());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Which does not run as root. */
    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
