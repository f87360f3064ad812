package io.jenkins.plugins.iplb.sandbox.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.jenkins.plugins.iplb.sandbox.http.ApiError;
import io.jenkins.plugins.iplb.sandbox.http.Caller;
import java.util.List;

/** The holder of a valid token. */
record Bearer(String who, IamPolicy policy) implements Caller {
    @Override
    public void requireRight(String method, String path, List<String> iamActions) {
        for (String action : iamActions) {
            if (!policy.allows(action)) {
                throw ApiError.missingIamAction(action);
            }
        }
    }

    @Override
    public boolean mayDo(String iamAction) {
        return policy.allows(iamAction);
    }

    @Override
    public JsonNode showRules() {
        return NullNode.getInstance();
    }
}
