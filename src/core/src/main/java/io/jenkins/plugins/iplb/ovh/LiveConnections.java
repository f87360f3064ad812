package io.jenkins.plugins.iplb.ovh;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Lets no write go over a connection that the server has closed while nobody used it, which most servers and proxies do
 * after some seconds: the library looks only after ten. Keeps no connection after an answer in HTTP/1.0 that does not say
 * so.
 */
final class LiveConnections implements Interceptor {
    private final SendWatch watch;

    /** @param watch of the one request that goes through here */
    LiveConnections(SendWatch watch) {
        this.watch = watch;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        Connection connection = chain.connection();
        boolean write = !request.method().equals("GET");
        if (write && watch.reused() && isClosed(connection)) {
            throw new IOException("the server has closed the connection");
        }
        Response response = chain.proceed(request);
        boolean kept = "keep-alive".equalsIgnoreCase(response.header("Connection"));
        return response.protocol() == Protocol.HTTP_1_0 && !kept ? last(response, connection) : response;
    }

    /**
     * Over HTTP/2 the library reads all the time, and knows. Over HTTP/1 nothing comes unless it is asked for: what can be
     * read is the end, or words such as those of a time-out, which are no answer to anything.
     */
    private static boolean isClosed(Connection connection) throws IOException {
        if (connection.protocol() != Protocol.HTTP_1_1 && connection.protocol() != Protocol.HTTP_1_0) {
            return false;
        }
        Socket socket = connection.socket();
        int timeout = socket.getSoTimeout();
        try {
            socket.setSoTimeout(1);
            socket.getInputStream().read();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        } finally {
            if (!socket.isClosed()) {
                socket.setSoTimeout(timeout);
            }
        }
    }

    private static Response last(Response response, Connection connection) throws IOException {
        ResponseBody body = response.body();
        byte[] bytes = HttpReply.bytes(body);
        connection.socket().close();
        return response.newBuilder()
                .body(ResponseBody.create(bytes, body.contentType()))
                .build();
    }
}
