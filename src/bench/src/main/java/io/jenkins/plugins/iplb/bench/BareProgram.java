package io.jenkins.plugins.iplb.bench;

import java.io.IOException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** One https request and nothing else: the least that a command in Java takes. */
final class BareProgram {
    private BareProgram() {}

    public static void main(String[] url) throws IOException {
        OkHttpClient http = new OkHttpClient();
        Request request = new Request.Builder().url(url[0]).build();
        try (Response response = http.newCall(request).execute()) {
            response.body().bytes();
        }
        // The threads of the client would keep the process for a minute.
        System.exit(0);
    }
}
