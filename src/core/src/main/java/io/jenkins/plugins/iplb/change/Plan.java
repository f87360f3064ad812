package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.record.Difference;
import java.util.List;

/**
 * What a change would do now.
 *
 * @param before what it is about, as it is; JSON null when it is not there
 * @param after the same as it will be
 * @param writes the calls it takes, in their order; none when the wish is true already
 * @param result what the caller gets, as far as it is known before the calls
 */
public record Plan(JsonNode before, JsonNode after, List<Write> writes, ObjectNode result) {

    public Plan {
        writes = List.copyOf(writes);
    }

    public boolean changes() {
        return !writes.isEmpty();
    }

    /** Field by field. */
    public List<Difference> diff() {
        return Differences.between(before, after);
    }
}
