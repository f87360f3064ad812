package io.jenkins.plugins.iplb.ovh;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Response;

/** Knows what has become of one request on its way: whether it has begun to leave this machine, and over what. */
final class SendWatch extends EventListener {
    private volatile boolean connecting;
    private volatile boolean reused;
    private volatile boolean started;
    private volatile boolean answered;
    private volatile Proxy proxy = Proxy.NO_PROXY;

    Delivery delivery() {
        return started ? Delivery.UNKNOWN : Delivery.NOT_SENT;
    }

    /** Whether it goes over a connection that has carried others before. */
    boolean reused() {
        return reused;
    }

    /**
     * Whether nothing is wrong but that the server had closed the connection before: then the request may go over
     * another one.
     *
     * @param harmless whether it does no harm if the server has read the request all the same
     */
    boolean foundClosed(IOException failure, boolean harmless) {
        boolean late = failure instanceof InterruptedIOException;
        return reused && !answered && !late && (harmless || !started);
    }

    /** By way of which proxy, as a part of a sentence. */
    String way() {
        return proxy.type() == Proxy.Type.DIRECT || !(proxy.address() instanceof InetSocketAddress address)
                ? ""
                : " by way of the proxy %s:%d".formatted(address.getHostString(), address.getPort());
    }

    @Override
    public void connectStart(Call call, InetSocketAddress address, Proxy by) {
        connecting = true;
        proxy = by;
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
        reused = !connecting;
        proxy = connection.route().proxy();
    }

    @Override
    public void requestHeadersStart(Call call) {
        started = true;
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
        answered = true;
    }
}
