package io.jenkins.plugins.iplb.sandbox.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A proxy on the loopback address, for which every name is this machine: CONNECT for https, whole URLs for http. */
public final class ForwardProxy implements AutoCloseable {
    private static final Pattern TARGET = Pattern.compile("(?:CONNECT |\\w+ http://)[^:/ ]+:(\\d+)");

    private final ServerSocket server;
    private final String authorization;
    private final List<String> requestLines = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** @param user name and password, with a colon between; null to ask for none */
    public ForwardProxy(String user) {
        authorization = user == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        inBackground(() -> {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                inBackground(() -> serve(socket));
            }
        });
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The first line of each connection. */
    public List<String> requestLines() {
        return requestLines;
    }

    private void serve(Socket client) throws IOException {
        try (client) {
            while (true) {
                String head = head(client.getInputStream());
                if (head.isEmpty()) {
                    return;
                }
                requestLines.add(head.lines().findFirst().orElseThrow());
                boolean known =
                        authorization == null || head.contains("\r\nProxy-Authorization: " + authorization + "\r\n");
                Matcher target = TARGET.matcher(head);
                if (known && target.lookingAt()) {
                    relay(client, head, Integer.parseInt(target.group(1)));
                    return;
                }
                client.getOutputStream()
                        .write(
                                "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"here\"\r\nContent-Length: 0\r\n\r\n"
                                        .getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }

    private void relay(Socket client, String head, int port) throws IOException {
        try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), port)) {
            sockets.add(upstream);
            if (head.startsWith("CONNECT ")) {
                client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            } else {
                upstream.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            }
            inBackground(() -> {
                try (client) {
                    copy(upstream.getInputStream(), client.getOutputStream());
                }
            });
            copy(client.getInputStream(), upstream.getOutputStream());
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] bytes = new byte[8192];
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
            out.write(bytes, 0, read);
            out.flush();
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.write(next);
            if (head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void inBackground(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // One side is gone: that ends what was between them.
                    }
                },
                "forward proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
