package io.jenkins.plugins.iplb.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Somebody who has proved who they are, or nobody. */
public interface Caller {
    Caller ANONYMOUS = new Anonymous();

    /** A name fit for a log: never a secret. */
    String who();

    /** @throws ApiError 403 when the call is beyond the caller's rights */
    void requireRight(String method, String path, List<String> iamActions);

    boolean mayDo(String iamAction);

    JsonNode showRules();
}
