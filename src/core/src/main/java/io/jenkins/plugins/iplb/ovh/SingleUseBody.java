package io.jenkins.plugins.iplb.ovh;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * The bytes that were signed; a DELETE has none, and has a body all the same. One-shot, so that the HTTP library never
 * sends a write a second time on its own, as it does after a 503 with {@code Retry-After: 0}.
 */
final class SingleUseBody extends RequestBody {
    private static final MediaType JSON = MediaType.get("application/json;charset=utf-8");

    private final byte[] bytes;

    SingleUseBody(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public MediaType contentType() {
        return bytes.length == 0 ? null : JSON;
    }

    @Override
    public long contentLength() {
        return bytes.length;
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        sink.write(bytes);
    }
}
