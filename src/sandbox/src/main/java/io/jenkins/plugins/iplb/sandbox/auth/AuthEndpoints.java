package io.jenkins.plugins.iplb.sandbox.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.http.ApiCall;
import io.jenkins.plugins.iplb.sandbox.http.ApiError;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import io.jenkins.plugins.iplb.sandbox.http.Router;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** {@code /auth}: the time, asking for a consumer key, and looking at one's own credential. */
public final class AuthEndpoints {
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");

    private final SandboxCredentials credentials;
    private final Authenticator authenticator;
    private final Supplier<Instant> now;

    public AuthEndpoints(SandboxCredentials credentials, Authenticator authenticator, Supplier<Instant> now) {
        this.credentials = credentials;
        this.authenticator = authenticator;
        this.now = now;
    }

    public void register(Router router) {
        router.open("GET", "/auth/time", call -> LongNode.valueOf(now.get().getEpochSecond()))
                .open("POST", "/auth/credential", this::requestConsumerKey)
                .get("/auth/currentCredential", this::currentCredential)
                .get("/auth/details", this::details);
    }

    private JsonNode requestConsumerKey(ApiCall call) {
        String application = authenticator.application(call.request());
        List<AccessRule> rules = new ArrayList<>();
        JsonNode asked = call.body().path("accessRules");
        if (!asked.isArray() || asked.isEmpty()) {
            throw ApiError.badRequest("accessRules must be a list of rules");
        }
        for (JsonNode rule : asked) {
            String method = rule.path("method").asText();
            String path = rule.path("path").asText();
            if (!METHODS.contains(method) || !path.startsWith("/")) {
                throw ApiError.badRequest("Invalid access rule: " + rule);
            }
            rules.add(new AccessRule(method, path));
        }
        ApplicationCredential made = credentials.request(application, rules, now.get());
        return Json.object()
                .put("consumerKey", made.consumerKey())
                .put("state", made.state().name())
                .put(
                        "validationUrl",
                        "https://" + call.request().host() + "/auth/sso/api?credentialToken=" + Secrets.name(64));
    }

    private JsonNode currentCredential(ApiCall call) {
        if (call.caller() instanceof ApplicationCredential credential) {
            return credential.show(now.get());
        }
        throw Authenticator.forbidden("NOT_CREDENTIAL", "This call requires a consumer key");
    }

    private JsonNode details(ApiCall call) {
        ObjectNode details = Json.object();
        details.put("account", "sb12345-ovh");
        details.set("allowedRoutes", call.caller().showRules());
        details.put("description", call.caller().who());
        details.putArray("identities").add("urn:v1:eu:identity:account:sb12345-ovh");
        details.put("method", call.caller() instanceof ApplicationCredential ? "account" : "oauth2");
        details.putArray("roles");
        details.putNull("user");
        return details;
    }
}
