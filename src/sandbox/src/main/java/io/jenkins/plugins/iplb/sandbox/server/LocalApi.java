package io.jenkins.plugins.iplb.sandbox.server;

import io.jenkins.plugins.iplb.sandbox.auth.SandboxCredentials;
import io.jenkins.plugins.iplb.sandbox.fault.Faults;
import io.jenkins.plugins.iplb.sandbox.http.ApiRequest;
import io.jenkins.plugins.iplb.sandbox.http.Reply;
import io.jenkins.plugins.iplb.sandbox.metrics.MetricsTokens;
import io.jenkins.plugins.iplb.sandbox.world.World;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;

/** The API without a network: it answers what a client would send, and nothing leaves the process. */
public final class LocalApi implements Interceptor {
    private final Dispatcher dispatcher;

    public LocalApi(World world, SandboxCredentials credentials) {
        dispatcher = Dispatcher.of(world, credentials, new Faults(), new MetricsTokens(), world::now);
    }

    /** A client that reaches nothing else. */
    public OkHttpClient client() {
        return new OkHttpClient.Builder().addInterceptor(this).build();
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        Reply reply = dispatcher.dispatch(asked(request)).reply();
        Response.Builder response = new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(reply.status())
                .message("")
                .body(ResponseBody.create(reply.body(), MediaType.get(reply.contentType())));
        reply.headers().forEach(response::header);
        return response.build();
    }

    private static ApiRequest asked(Request request) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("host", request.url().host());
        request.headers()
                .forEach(header -> headers.put(header.getFirst().toLowerCase(Locale.ROOT), header.getSecond()));
        Buffer body = new Buffer();
        if (request.body() != null) {
            request.body().writeTo(body);
        }
        String query = request.url().encodedQuery();
        return ApiRequest.of(
                request.method(),
                request.url().scheme(),
                request.url().encodedPath() + (query == null ? "" : "?" + query),
                headers,
                body.readByteArray());
    }
}
