package io.jenkins.plugins.iplb.ovh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.ovh.Credentials.ServiceAccount;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import okhttp3.FormBody;
import okhttp3.Request;

/** Authentication of a service account: a bearer token that is renewed before it ends. */
final class BearerTokens implements Authenticator {
    /** A token this close to its end is not used any more: it could end on the way. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final ServiceAccount account;
    private final URI tokenUrl;
    private final Transport transport;
    private final InstantSource clock;
    private String token;
    private Instant usableUntil = Instant.MIN;

    BearerTokens(ServiceAccount account, URI tokenUrl, Transport transport, InstantSource clock) {
        this.account = account;
        this.tokenUrl = tokenUrl;
        this.transport = transport;
        this.clock = clock;
    }

    @Override
    public Request authorize(Request request, byte[] body, Duration patience) {
        return request.newBuilder()
                .header("Authorization", "Bearer " + token(patience))
                .build();
    }

    @Override
    public synchronized boolean mended(ErrorReply refusal) {
        boolean hadToken = token != null;
        if (refusal.status() == 401) {
            token = null;
            return hadToken;
        }
        return false;
    }

    private synchronized String token(Duration patience) {
        if (token == null || !clock.instant().isBefore(usableUntil)) {
            obtain(patience);
        }
        return token;
    }

    private void obtain(Duration patience) {
        token = null;
        ApiCall call = ApiCall.post(
                        Fields.none().with("client_secret", account.clientSecret()), "auth", "oauth2", "token")
                .secret("client_secret");
        Request request = new Request.Builder()
                .url(tokenUrl.toString())
                .post(new FormBody.Builder()
                        .add("grant_type", "client_credentials")
                        .add("client_id", account.clientId())
                        .add("client_secret", account.clientSecret())
                        .add("scope", "all")
                        .build())
                .build();
        Instant asked = clock.instant();
        HttpReply reply = transport.prepare(call, request, patience);
        JsonNode answer;
        try {
            answer = Json.MAPPER.readTree(reply.text());
        } catch (JsonProcessingException e) {
            // Without the cause: its message may quote the token.
            throw transport.unusable(call, reply, null, Delivery.NOT_SENT);
        }
        if (!answer.path("error").asText("").isEmpty()) {
            ErrorReply refusal = ErrorReply.of(reply, asked).without(SentSecrets.of(call, request));
            throw new OvhException(
                    FailureKind.CREDENTIALS,
                    "%s: no token for client id %s: %s; check the client id and secret, and that they belong to this endpoint"
                            .formatted(
                                    call,
                                    account.clientId(),
                                    refusal.message() == null ? refusal.code() : refusal.message()),
                    null,
                    call.toString(),
                    Delivery.NOT_SENT,
                    refusal);
        }
        String given = answer.path("access_token").asText("");
        if (given.isEmpty()) {
            throw transport.unusable(call, reply, null, Delivery.NOT_SENT);
        }
        token = given;
        usableUntil = asked.plusSeconds(answer.path("expires_in").asLong(0)).minus(MARGIN);
    }
}
