package io.jenkins.plugins.iplb.sandbox.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.sandbox.http.Caller;
import io.jenkins.plugins.iplb.sandbox.http.Json;
import java.time.Instant;
import java.util.List;

/**
 * An application key, its secret, and a consumer key made with it.
 *
 * @param expiration after it the key is expired whatever its state says; null = never
 */
public record ApplicationCredential(
        long credentialId,
        String applicationKey,
        String applicationSecret,
        String consumerKey,
        CredentialState state,
        List<AccessRule> rules,
        Instant creation,
        Instant expiration)
        implements Caller {

    public ApplicationCredential {
        rules = List.copyOf(rules);
    }

    ApplicationCredential in(CredentialState other) {
        return new ApplicationCredential(
                credentialId, applicationKey, applicationSecret, consumerKey, other, rules, creation, expiration);
    }

    ApplicationCredential allowed(List<AccessRule> other) {
        return new ApplicationCredential(
                credentialId, applicationKey, applicationSecret, consumerKey, state, other, creation, expiration);
    }

    ApplicationCredential until(Instant other) {
        return new ApplicationCredential(
                credentialId, applicationKey, applicationSecret, consumerKey, state, rules, creation, other);
    }

    CredentialState stateAt(Instant now) {
        return expiration != null && !now.isBefore(expiration) ? CredentialState.expired : state;
    }

    @Override
    public String who() {
        return applicationKey;
    }

    @Override
    public void requireRight(String method, String path, List<String> iamActions) {
        if (rules.stream().noneMatch(rule -> rule.covers(method, path))) {
            throw Authenticator.forbidden("NOT_GRANTED_CALL", "This call has not been granted");
        }
    }

    /** Consumer keys carry access rules, not policies: what they may call, they may do. */
    @Override
    public boolean mayDo(String iamAction) {
        return true;
    }

    /** What {@code GET /auth/currentCredential} answers. */
    ObjectNode show(Instant now) {
        ObjectNode shown = Json.object();
        shown.putNull("allowedIPs");
        shown.put("applicationId", 1);
        shown.put("creation", Json.date(creation));
        shown.put("credentialId", credentialId);
        shown.put("expiration", expiration == null ? null : Json.date(expiration));
        shown.put("lastUse", Json.date(now));
        shown.put("ovhSupport", false);
        shown.set("rules", showRules());
        shown.put("status", stateAt(now).name());
        return shown;
    }

    @Override
    public JsonNode showRules() {
        return Json.of(rules);
    }
}
