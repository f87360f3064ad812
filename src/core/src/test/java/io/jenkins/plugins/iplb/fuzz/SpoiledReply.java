package io.jenkins.plugins.iplb.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.testing.AnyValue;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.Okio;
import okio.Source;
import okio.Timeout;

/** Spoils one of the replies on its way back from the sandbox, below what unpacks them. */
final class SpoiledReply implements Interceptor {
    private static final MediaType JSON = MediaType.get("application/json");

    private final Random random;
    private final int which;
    private int seen;
    private String spoiled = "nothing";
    private boolean ofWrite;
    private boolean couldBeTrue;

    /** @param which of the replies, from 0 */
    SpoiledReply(Random random, int which) {
        this.random = random;
        this.which = which;
    }

    /** What was done, and to the reply to what. */
    String spoiled() {
        return spoiled;
    }

    /** Whether it may have told a lie that nobody can find out. */
    boolean hasLied() {
        return couldBeTrue && !ofWrite;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response reply = chain.proceed(chain.request());
        if (seen++ != which) {
            return reply;
        }
        byte[] body = reply.body().bytes();
        ofWrite = !chain.request().method().equals("GET");
        int kind = random.nextInt(11);
        spoiled = "%s %s, kind %d"
                .formatted(chain.request().method(), chain.request().url().encodedPath(), kind);
        couldBeTrue = kind == 1 || kind == 2 || kind == 3;
        return switch (kind) {
            case 0 -> with(reply, Arrays.copyOf(body, body.length == 0 ? 0 : random.nextInt(body.length)));
            case 1 -> with(reply, flipped(body));
            case 2 -> with(reply, new AnyValue(random).next().toString().getBytes(StandardCharsets.UTF_8));
            case 3 -> with(reply, changed(body));
            case 4 -> with(reply, new byte[0]);
            case 5 -> with(reply, ("[".repeat(5_000) + "]".repeat(5_000)).getBytes(StandardCharsets.UTF_8));
            case 6 ->
                reply.newBuilder()
                        .body(ResponseBody.create(endless(), JSON, -1))
                        .build();
            case 7 ->
                with(reply, flipped(body))
                        .newBuilder()
                        .header("Content-Encoding", "gzip")
                        .build();
            case 8 ->
                with(reply, "<html><body>Sign in to the guest network</body></html>".getBytes(StandardCharsets.UTF_8));
            case 9 -> throw new ProtocolException("unexpected end of stream");
            default -> throw new SocketTimeoutException("timeout");
        };
    }

    private static Response with(Response reply, byte[] body) {
        return reply.newBuilder().body(ResponseBody.create(body, JSON)).build();
    }

    private byte[] flipped(byte[] body) {
        byte[] flipped = body.clone();
        for (int i = 1 + random.nextInt(4); i > 0 && flipped.length > 0; i--) {
            flipped[random.nextInt(flipped.length)] = (byte) random.nextInt(256);
        }
        return flipped;
    }

    /** One value in it, at any depth. */
    private byte[] changed(byte[] body) throws IOException {
        JsonNode json = Json.MAPPER.readTree(body);
        JsonNode within = json;
        while (within != null && within.isContainerNode() && !within.isEmpty()) {
            JsonNode any = new AnyValue(random).next();
            if (within instanceof ObjectNode object) {
                List<String> names = List.copyOf(
                        object.propertyStream().map(Map.Entry::getKey).toList());
                String name = names.get(random.nextInt(names.size()));
                if (!object.get(name).isContainerNode() || random.nextBoolean()) {
                    object.set(name, any);
                    break;
                }
                within = object.get(name);
            } else {
                ArrayNode list = (ArrayNode) within;
                int place = random.nextInt(list.size());
                if (!list.get(place).isContainerNode() || random.nextBoolean()) {
                    list.set(place, any);
                    break;
                }
                within = list.get(place);
            }
        }
        return Json.MAPPER.writeValueAsBytes(json);
    }

    private static BufferedSource endless() {
        return Okio.buffer(new Source() {
            @Override
            public long read(Buffer sink, long bytes) {
                sink.write(new byte[(int) Math.min(bytes, 8192)]);
                return Math.min(bytes, 8192);
            }

            @Override
            public Timeout timeout() {
                return Timeout.NONE;
            }

            @Override
            public void close() {}
        });
    }
}
