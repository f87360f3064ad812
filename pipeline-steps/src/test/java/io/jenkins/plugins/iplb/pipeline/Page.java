package io.jenkins.plugins.iplb.pipeline;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** A page of this machine that answers with whatever status a test wants. */
final class Page implements AutoCloseable {
    private final HttpServer server;
    private final AtomicInteger status;
    private final AtomicInteger asked = new AtomicInteger();

    Page(int first) throws IOException {
        status = new AtomicInteger(first);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:%d/".formatted(server.getAddress().getPort());
    }

    void answers(int other) {
        status.set(other);
    }

    int asked() {
        return asked.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
