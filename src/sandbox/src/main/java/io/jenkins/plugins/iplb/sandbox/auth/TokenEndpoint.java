package io.jenkins.plugins.iplb.sandbox.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.http.ApiRequest;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import io.jenkins.plugins.iplb.sandbox.http.Paths;
import io.jenkins.plugins.iplb.sandbox.http.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The OAuth2 token URL: client credentials in, bearer token out. Outside the API's base path, with errors of its own. */
public final class TokenEndpoint {
    public static final String PATH = "/auth/oauth2/token";

    private final SandboxCredentials credentials;
    private final Supplier<Instant> now;

    public TokenEndpoint(SandboxCredentials credentials, Supplier<Instant> now) {
        this.credentials = credentials;
        this.now = now;
    }

    public Reply answer(ApiRequest request) {
        if (!request.method().equals("POST")) {
            return refused(405, "invalid_request", "Only POST is allowed");
        }
        Map<String, List<String>> form = Paths.parameters(new String(request.body(), StandardCharsets.UTF_8));
        if (!"client_credentials".equals(first(form, "grant_type").orElse(""))) {
            return refused(400, "unsupported_grant_type", "Only client_credentials is supported");
        }
        String[] client = basic(request).orElseGet(() -> new String[] {
            first(form, "client_id").orElse(""), first(form, "client_secret").orElse("")
        });
        return credentials
                .account(client[0])
                .filter(account -> account.clientSecret().equals(client[1]))
                .map(account -> issued(credentials.issue(account, now.get())))
                .orElseGet(() -> refused(401, "invalid_client", "Client authentication failed"));
    }

    private static Reply issued(AccessToken token) {
        return Reply.json(Json.object()
                .put("access_token", token.token())
                .put("token_type", "Bearer")
                .put("expires_in", SandboxCredentials.TOKEN_LIFE.toSeconds() - 1)
                .put("scope", "all"));
    }

    private static Reply refused(int status, String error, String description) {
        ObjectNode body = Json.object().put("error", error).put("error_description", description);
        return new Reply(status, Map.of(), Reply.JSON, Json.bytes(body));
    }

    private static Optional<String> first(Map<String, List<String>> form, String name) {
        return form.getOrDefault(name, List.of()).stream().findFirst();
    }

    private static Optional<String[]> basic(ApiRequest request) {
        return request.header("Authorization")
                .filter(value -> value.startsWith("Basic "))
                .map(value -> new String(Base64.getMimeDecoder().decode(value.substring(6)), StandardCharsets.UTF_8))
                .map(pair -> pair.split(":", 2))
                .filter(pair -> pair.length == 2);
    }
}
