package io.jenkins.plugins.iplb.sandbox.origin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.ProxyConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** Answers every request with who it is and what it sees: one line of JSON, and its name in a header. */
final class Echo extends Handler.Abstract {
    static final String SERVER_HEADER = "X-Sandbox-Server";
    static final String FARM_HEADER = "X-Sandbox-Farm";

    private static final int PROXY_TLS = 0x20;

    /** By which a connector is known: farm, and where the server would be reached. */
    static String name(Item server, int port) {
        return server.parent() + " " + server.text("address") + ":" + port;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        ConnectionMetaData connection = request.getConnectionMetaData();
        String[] farmAndServer =
                ((ServerConnector) connection.getConnector()).getName().split(" ");
        ObjectNode seen = Json.object()
                .put("server", farmAndServer[1])
                .put("farm", Long.valueOf(farmAndServer[0]))
                .put("method", request.getMethod())
                .put("uri", request.getHttpURI().getPathQuery())
                .put("protocol", connection.getHttpVersion().asString())
                .put("client", Request.getRemoteAddr(request))
                .put("tls", false);
        for (EndPoint at = connection.getConnection().getEndPoint(); at != null; at = inner(at)) {
            if (at instanceof SslConnection.SslEndPoint) {
                seen.put("tls", true);
            }
            if (at instanceof ProxyConnectionFactory.ProxyEndPoint proxied) {
                ObjectNode proxy = seen.putObject("proxyProtocol");
                proxy.put("client", proxied.getRemoteSocketAddress().toString().replaceFirst("^/", ""));
                byte[] tls = proxied.getTLV(PROXY_TLS);
                if (tls != null) {
                    proxy.put("tls", HexFormat.of().formatHex(tls));
                }
            }
        }
        ObjectNode headers = seen.putObject("headers");
        request.getHeaders()
                .forEach(field -> headers.withArray(
                                "/" + field.getLowerCaseName().replace("/", "~1"))
                        .add(field.getValue()));
        String body = Content.Source.asString(request);
        if (!body.isEmpty()) {
            seen.put("body", body);
        }
        response.getHeaders().put(SERVER_HEADER, farmAndServer[1]);
        response.getHeaders().put(FARM_HEADER, farmAndServer[0]);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        byte[] answer = (seen + "\n").getBytes(StandardCharsets.UTF_8);
        response.write(true, ByteBuffer.wrap(answer), callback);
        return true;
    }

    private static EndPoint inner(EndPoint outer) {
        return outer instanceof EndPoint.Wrapper wrapper ? wrapper.unwrap() : null;
    }
}
