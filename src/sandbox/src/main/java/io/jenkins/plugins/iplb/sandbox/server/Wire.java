package io.jenkins.plugins.iplb.sandbox.server;

import io.jenkins.plugins.iplb.sandbox.http.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The connection of one exchange: where replies leave whole, in drops, or not at all. */
final class Wire {
    private static final String QUERY_ID = "X-OVH-QUERYID";

    private final Request request;
    private final Response response;
    private final Callback callback;

    Wire(Request request, Response response, Callback callback) {
        this.request = request;
        this.response = response;
        this.callback = callback;
    }

    void send(Reply reply, String queryId) {
        head(reply, queryId);
        response.write(true, ByteBuffer.wrap(reply.body()), callback);
    }

    void dribble(Reply reply, String queryId, Duration pace) throws IOException, InterruptedException {
        head(reply, queryId);
        for (byte drop : reply.body()) {
            Content.Sink.write(response, false, ByteBuffer.wrap(new byte[] {drop}));
            pause(pace);
        }
        response.write(true, ByteBuffer.allocate(0), callback);
    }

    /** Closes the connection with not a byte of reply. */
    void cut() {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
        callback.succeeded();
    }

    /** Holds this exchange up; each has a thread of its own. */
    void pause(Duration time) throws InterruptedException {
        if (!time.isZero()) {
            Thread.sleep(time.toMillis());
        }
    }

    private void head(Reply reply, String queryId) {
        response.setStatus(reply.status());
        response.getHeaders().put(QUERY_ID, queryId);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.body().length);
        reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    }
}
