package io.jenkins.plugins.iplb.check;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;

/**
 * Sends the TCP connections of a client somewhere else. TLS and HTTP are layered on such a connection by the client
 * and keep to the URL, which is the point of {@link ConnectTo}.
 */
final class ConnectToSockets extends SocketFactory {
    private final List<InetAddress> addresses;
    private final int port;

    private ConnectToSockets(List<InetAddress> addresses, int port) {
        this.addresses = addresses;
        this.port = port;
    }

    /** Makes {@code client} connect to {@code destination}; past a proxy, which would connect by the URL. */
    static void in(OkHttpClient.Builder client, ConnectTo destination, List<InetAddress> addresses) {
        // The client tries all the addresses that it is told for the name, and the sockets change the port.
        client.dns(hostname -> addresses)
                .socketFactory(new ConnectToSockets(addresses, destination.port()))
                .proxy(Proxy.NO_PROXY);
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public void connect(SocketAddress endpoint, int timeout) throws IOException {
                InetAddress address = ((InetSocketAddress) endpoint).getAddress();
                // A URL whose host is an address is not looked up: then the endpoint is none of ours.
                super.connect(
                        new InetSocketAddress(addresses.contains(address) ? address : addresses.get(0), port), timeout);
            }
        };
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw connectedAtOnce();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw connectedAtOnce();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw connectedAtOnce();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) {
        throw connectedAtOnce();
    }

    private static UnsupportedOperationException connectedAtOnce() {
        return new UnsupportedOperationException("OkHttp makes a socket first and connects it with a time limit");
    }
}
