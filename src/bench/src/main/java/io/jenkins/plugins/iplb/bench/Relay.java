package io.jenkins.plugins.iplb.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A server on the loopback address as if it were far away: whatever goes through takes half of the round-trip time each
 * way, and a connection is good for something only after one round trip, as one that TCP opens is.
 */
final class Relay implements AutoCloseable {
    private final ServerSocket listener;
    private final int target;
    private final long oneWayNanos;

    private Relay(ServerSocket listener, int target, Duration roundTrip) {
        this.listener = listener;
        this.target = target;
        this.oneWayNanos = roundTrip.toNanos() / 2;
    }

    /** @param target the port of the server */
    static Relay to(int target, Duration roundTrip) throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Relay relay = new Relay(listener, target, roundTrip);
        daemon(relay::accept);
        return relay;
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket near = listener.accept();
                long opened = System.nanoTime() + 2 * oneWayNanos;
                Socket far = new Socket();
                far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                carry(near, far, opened);
                carry(far, near, opened);
            }
        } catch (IOException e) {
            // The relay was closed.
        }
    }

    private void carry(Socket from, Socket to, long opened) {
        BlockingQueue<Piece> underWay = new LinkedBlockingQueue<>();
        daemon(() -> {
            try {
                byte[] buffer = new byte[16 * 1024];
                for (int length; (length = from.getInputStream().read(buffer)) >= 0; ) {
                    long sent = Math.max(System.nanoTime(), opened);
                    underWay.add(new Piece(Arrays.copyOf(buffer, length), sent + oneWayNanos));
                }
            } catch (IOException e) {
                // Broken off: for the other side it ends just so.
            }
            underWay.add(new Piece(new byte[0], System.nanoTime() + oneWayNanos));
        });
        daemon(() -> {
            try {
                for (Piece piece = underWay.take(); piece.bytes().length > 0; piece = underWay.take()) {
                    TimeUnit.NANOSECONDS.sleep(piece.due() - System.nanoTime());
                    to.getOutputStream().write(piece.bytes());
                }
                to.close();
            } catch (IOException e) {
                // Who does not listen any more misses nothing.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    /** @param due when it has arrived */
    private record Piece(byte[] bytes, long due) {}
}
