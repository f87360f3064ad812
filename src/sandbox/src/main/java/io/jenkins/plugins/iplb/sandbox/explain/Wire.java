package io.jenkins.plugins.iplb.sandbox.explain;

import io.jenkins.plugins.iplb.sandbox.haproxy.Site;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * One connection that carries one request, from wherever it says by the PROXY protocol. What HAProxy answers is in its log: the
 * answer itself is not read, and so this knows no more of HTTP than how a request is written.
 */
final class Wire implements Closeable {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int CLIENT_PORT = 40_000;
    private static final byte[] H2_PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] H2_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    private static final int H2_HEADERS = 1;
    private static final int H2_END_OF_STREAM_AND_HEADERS = 0x5;
    private static final int H2_PREFIX = 0x7f;

    private final Socket socket;
    private final String protocol;

    private Wire(Socket socket, String protocol) {
        this.socket = socket;
        this.protocol = protocol;
    }

    /**
     * @param port where HAProxy listens, whatever the request has
     * @throws IOException when there is no connection, or no TLS on it
     */
    static Wire connect(Question question, Site.Listen at, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(at.door(), port), PATIENCE_MILLIS);
            socket.setTcpNoDelay(true); // what comes after the first words does not wait until they are acknowledged
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(proxied(question, at));
            return question.tls() ? overTls(question, socket) : new Wire(socket, "http/1.1");
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** {@code h2} or {@code http/1.1}. */
    String protocol() {
        return protocol;
    }

    void send(Question question) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(protocol.equals("h2") ? http2(question) : http1(question));
        out.flush();
    }

    /** Reads until the other side has said something. @return false for its end */
    boolean await() throws IOException {
        return socket.getInputStream().read(new byte[8192]) >= 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** The port is that of the request, wherever HAProxy listens: {@code ${port}} is made of it. */
    private static byte[] proxied(Question question, Site.Listen at) {
        boolean six = question.source().contains(":");
        return "PROXY %s %s %s %d %d\r\n"
                .formatted(
                        six ? "TCP6" : "TCP4",
                        question.source(),
                        six ? "::1" : at.address(),
                        CLIENT_PORT,
                        question.port())
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static Wire overTls(Question question, Socket socket) throws IOException {
        SSLSocket tls = (SSLSocket)
                anyCertificate().getSocketFactory().createSocket(socket, question.host(), question.port(), true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setApplicationProtocols(question.over().alpn());
        // An address is no name to ask for.
        if (question.host().matches(".*[A-Za-z].*") && !question.host().startsWith("[")) {
            parameters.setServerNames(List.of(new SNIHostName(question.host())));
        }
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        String agreed = tls.getApplicationProtocol();
        return new Wire(tls, agreed.isEmpty() ? "http/1.1" : agreed);
    }

    private static byte[] http1(Question question) {
        StringBuilder head = new StringBuilder();
        head.append(
                "%s %s HTTP/1.1\r\nHost: %s\r\n".formatted(question.method(), question.target(), question.authority()));
        question.others().forEach(header -> head.append("%s: %s\r\n".formatted(header.name(), header.value())));
        return head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Preface, settings, and one frame with all headers, each written out. */
    private static byte[] http2(Question question) {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        field(fields, ":method", question.method());
        field(fields, ":scheme", question.tls() ? "https" : "http");
        field(fields, ":authority", question.authority());
        field(fields, ":path", question.target());
        question.others().forEach(header -> field(fields, header.name().toLowerCase(Locale.ROOT), header.value()));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(H2_PREFACE);
        all.writeBytes(H2_SETTINGS);
        int length = fields.size();
        all.writeBytes(new byte[] {
            (byte) (length >> 16),
            (byte) (length >> 8),
            (byte) length,
            H2_HEADERS,
            H2_END_OF_STREAM_AND_HEADERS,
            0,
            0,
            0,
            1
        });
        all.writeBytes(fields.toByteArray());
        return all.toByteArray();
    }

    /** HPACK: a literal that nobody is to remember, its name and its value as they are. */
    private static void field(ByteArrayOutputStream fields, String name, String value) {
        fields.write(0);
        for (String text : List.of(name, value)) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int rest = bytes.length - H2_PREFIX;
            fields.write(Math.min(bytes.length, H2_PREFIX));
            for (; rest >= 0x80; rest >>>= 7) {
                fields.write(rest & 0x7f | 0x80);
            }
            if (bytes.length >= H2_PREFIX) {
                fields.write(rest);
            }
            fields.writeBytes(bytes);
        }
    }

    /** What is shown is made up: what matters is what HAProxy is asked. */
    private static SSLContext anyCertificate() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket from) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket from) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
