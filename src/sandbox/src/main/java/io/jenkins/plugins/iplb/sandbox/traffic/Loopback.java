package io.jenkins.plugins.iplb.sandbox.traffic;

import io.jenkins.plugins.iplb.sandbox.haproxy.Rendered;
import io.jenkins.plugins.iplb.sandbox.haproxy.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A network of the loopback interface, {@code 127.10.0.0/16} or one above it, that no other data plane has: HAProxy shares
 * its ports with whoever asks, and a second one would take half of the connections without a word.
 */
public final class Loopback implements AutoCloseable {
    private static final int FIRST = 10;
    private static final int LAST = 250;
    private static final int CLAIM_PORT = 48_999;
    /** What an address and its door are apart, in the third byte. */
    private static final int DOOR = 128;

    /** Below it ports may need a right. */
    private static final int SHIFT = 10_000;

    private final int network;
    private final ServerSocket claim;
    private final Map<String, Integer> zones = new HashMap<>();
    private final Map<String, Map<String, Integer>> additional = new HashMap<>();

    private Loopback(int network, ServerSocket claim) {
        this.network = network;
        this.claim = claim;
    }

    public static Loopback claim() {
        for (int network = FIRST; network <= LAST; network++) {
            try {
                return new Loopback(network, bound("127." + network + ".255.254", CLAIM_PORT));
            } catch (IOException e) {
                // Somebody else's.
            }
        }
        throw new IllegalStateException("No network between 127.%d.0.0 and 127.%d.0.0 is free".formatted(FIRST, LAST));
    }

    /** @param zone of one service */
    public Site.Listen own(String zone) {
        return listen(zone, 1);
    }

    /** The same address for the same IP in the same zone, as long as this lives. */
    public Site.Listen additional(String zone, String block) {
        Map<String, Integer> known = additional.computeIfAbsent(zone, any -> new HashMap<>());
        return listen(zone, known.computeIfAbsent(block, any -> known.size() + 2));
    }

    private Site.Listen listen(String zone, int host) {
        int third = zones.computeIfAbsent(zone, any -> zones.size() + 1);
        return new Site.Listen(address(third, host), address(third + DOOR, host));
    }

    private String address(int third, int host) {
        return "127.%d.%d.%d".formatted(network, third, host);
    }

    /** What has to be added to ports for this process to bind them: nothing, where it may bind the low ones. */
    public int portShift() {
        try {
            bound(claim.getInetAddress().getHostAddress(), 1).close();
            return 0;
        } catch (IOException e) {
            return Objects.toString(e.getMessage(), "").contains("denied") ? SHIFT : 0;
        }
    }

    /**
     * HAProxy would stop serving all ports while it tries again for the one that it does not get.
     *
     * @param before what it listens on already
     * @throws IllegalStateException when another program has one
     */
    public static void requirePorts(Rendered rendered, List<Rendered.Listener> before) {
        for (Rendered.Listener listener : rendered.listeners()) {
            for (Rendered.Ports ports : listener.ports()) {
                for (int port = ports.first(); port <= ports.last(); port++) {
                    int each = port;
                    if (before.stream().noneMatch(other -> other.takes(listener.at(), each))
                            && isTaken(listener.at().address(), port)) {
                        throw new IllegalStateException("port %d of %s is taken by another program"
                                .formatted(port, listener.at().address()));
                    }
                }
            }
        }
    }

    /** Whether somebody else listens there, maybe on all addresses. */
    private static boolean isTaken(String address, int port) {
        try {
            bound(address, port).close();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static ServerSocket bound(String address, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            claim.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
