package io.jenkins.plugins.iplb.sandbox.traffic;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** The command line of a process of HAProxy's, a master or not. */
public final class MasterSocket {
    private static final int BUFFER = 1 << 14;
    private static final long PAUSE_NANOS = 500_000;

    private final Path path;

    public MasterSocket(Path path) {
        this.path = path;
    }

    /**
     * The processes that carry traffic.
     *
     * @param current those of the configuration that was loaded last; none when that failed
     * @param old those of earlier ones, which serve what they have begun
     */
    record Workers(Set<Long> current, Set<Long> old) {}

    /** What it answers; nothing, when it ends the connection. */
    public String ask(String command) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(path));
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
            channel.shutdownOutput();
            StringBuilder answer = new StringBuilder();
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            while (channel.read(buffer) >= 0) {
                answer.append(StandardCharsets.UTF_8.decode(buffer.flip()));
                buffer.clear();
            }
            return answer.toString();
        }
    }

    Workers workers(long deadline) throws IOException {
        Workers workers = new Workers(new TreeSet<>(), new TreeSet<>());
        Set<Long> into = Set.of();
        for (String line : insist("show proc", deadline).split("\n")) {
            if (line.startsWith("# workers")) {
                into = workers.current();
            } else if (line.startsWith("# old workers")) {
                into = workers.old();
            } else if (line.startsWith("#")) {
                into = Set.of();
            } else if (line.matches("\\d+\\s+worker\\s.*")) {
                into.add(Long.valueOf(line.substring(0, line.indexOf(' '))));
            }
        }
        return workers;
    }

    /** What the processes that take new connections have counted at their frontends, since they began. */
    Counters counters(long deadline) throws IOException {
        Counters sum = Counters.NONE;
        for (Long worker : workers(deadline).current()) {
            sum = sum.and(Counters.of(insist("@!" + worker + " show stat -1 1 -1", deadline)));
        }
        return sum;
    }

    /** Until an old process has closed its ears it may take a new connection, whatever the master says. */
    void awaitSilence(Set<Long> old, long deadline) throws IOException, TimeoutException {
        for (Long worker : old) {
            while (isListening(worker, deadline)) {
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException("an old process of HAProxy still takes connections");
                }
            }
        }
    }

    private boolean isListening(long worker, long deadline) throws IOException {
        return List.of(insist("@!" + worker + " show info", deadline).split("\n"))
                .contains("Stopping: 0");
    }

    /** HAProxy 2.6 starts its master anew twice for each load, and its socket is not there meanwhile. */
    private String insist(String command, long deadline) throws IOException {
        while (true) {
            try {
                return ask(command);
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }
}
