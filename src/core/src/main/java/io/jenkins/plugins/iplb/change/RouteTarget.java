package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.Value;
import io.jenkins.plugins.iplb.parameter.Values;
import java.util.List;

/** What a route is to do with traffic that matches. */
public sealed interface RouteTarget {
    /** Where a client may be sent. */
    Value REDIRECT_URL = Values.matching(
            "URL", "(https?://|\\$\\{)\\S+", "a URL that begins with http://, https:// or ${protocol}://");

    /** An answer's status; which of them there are depends on what the route does. */
    Value STATUS = Values.number(200, 599, "an HTTP status");

    /** @throws InvalidInput when routes of this protocol cannot do it */
    void check(Protocol protocol);

    /** The parameters as they are meant. */
    Fields wanted();

    /** Send it to a farm. */
    record ToFarm(Reference farm) implements RouteTarget {
        @Override
        public void check(Protocol protocol) {}

        @Override
        public Fields wanted() {
            return Fields.none().with("farm", farm.text());
        }
    }

    /**
     * Send the client elsewhere.
     *
     * @param url a URL, in which {@code ${protocol} ${domain} ${host} ${port} ${path} ${arguments}} are replaced
     * @param status 301, 302, 303, 307 or 308; null for OVH's default, 302
     */
    record Redirect(String url, Integer status) implements RouteTarget {
        private static final List<Integer> STATUSES = List.of(301, 302, 303, 307, 308);

        @Override
        public void check(Protocol protocol) {
            if (protocol != Protocol.HTTP) {
                throw new InvalidInput("redirect", url, "nothing: only http routes redirect");
            }
            REDIRECT_URL.of("redirect", url == null ? NullNode.instance : TextNode.valueOf(url));
            checkStatus(status, STATUSES);
        }

        @Override
        public Fields wanted() {
            Fields fields = Fields.none().with("redirect", url);
            return status == null ? fields : fields.with("status", status);
        }
    }

    /**
     * Refuse it.
     *
     * @param status http only: 200, 400, 403, 405, 408, 429, 500, 502, 503 or 504; null for OVH's default, 403
     */
    record Reject(Integer status) implements RouteTarget {
        private static final List<Integer> STATUSES = List.of(200, 400, 403, 405, 408, 429, 500, 502, 503, 504);

        @Override
        public void check(Protocol protocol) {
            if (protocol != Protocol.HTTP && status != null) {
                throw new InvalidInput("status", status, "nothing: only http routes answer with a status");
            }
            checkStatus(status, STATUSES);
        }

        @Override
        public Fields wanted() {
            Fields fields = Fields.none().with("reject", true);
            return status == null ? fields : fields.with("status", status);
        }
    }

    private static void checkStatus(Integer status, List<Integer> allowed) {
        if (status != null && !allowed.contains(status)) {
            throw new InvalidInput(
                    "status",
                    status,
                    String.join(", ", allowed.stream().map(String::valueOf).toList()));
        }
    }
}
