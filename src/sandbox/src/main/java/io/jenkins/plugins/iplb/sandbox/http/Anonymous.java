package io.jenkins.plugins.iplb.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Nobody in particular: may make the calls that need no credentials. */
record Anonymous() implements Caller {
    @Override
    public String who() {
        return "anonymous";
    }

    @Override
    public void requireRight(String method, String path, List<String> iamActions) {
        throw ApiError.gateway(403, "Forbidden", "NOT_CREDENTIAL", "This call requires authentication");
    }

    @Override
    public boolean mayDo(String iamAction) {
        return false;
    }

    @Override
    public JsonNode showRules() {
        return Json.array();
    }
}
