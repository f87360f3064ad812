package io.jenkins.plugins.iplb.jenkins.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.jenkins.record.ShownDifference;
import io.jenkins.plugins.iplb.operation.Configuration;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Difference;
import io.jenkins.plugins.iplb.record.Language;
import io.jenkins.plugins.iplb.record.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** What is planned for one load balancer, as the page shows it. */
public final class ShownPlan {
    private final JsonNode plan;

    ShownPlan(JsonNode plan) {
        this.plan = plan;
    }

    /** OVH's name of the load balancer. */
    public String getService() {
        return plan.path("service").asText();
    }

    public Date getAt() {
        return Date.from(Instant.parse(plan.path("at").asText()));
    }

    public List<Change> getChanges() {
        List<Change> changes = new ArrayList<>();
        plan.path(Configuration.CHANGES).forEach(change -> changes.add(new Change(change)));
        return changes;
    }

    /** What to beware of. */
    public List<String> getWarnings() {
        List<String> warnings = new ArrayList<>();
        plan.path("warnings").forEach(warning -> warnings.add(warning.asText()));
        return warnings;
    }

    /** How much there is to do. */
    public String getSum() {
        JsonNode counts = plan.path(Configuration.COUNTS);
        return getChanges().isEmpty()
                ? Messages.ShownPlan_Nothing()
                : Messages.ShownPlan_Sum(
                        counts.path("added").asInt(),
                        counts.path("changed").asInt(),
                        counts.path("removed").asInt(),
                        counts.path("moved").asInt());
    }

    /** One change. */
    public static final class Change {
        private final JsonNode change;

        private Change(JsonNode change) {
            this.change = change;
        }

        String sentence(Language language) {
            try {
                About about = Json.MAPPER.treeToValue(change.path("about"), About.class);
                return about == null ? change.path("msg").asText() : about.sentence(Stage.PLANNED, language);
            } catch (JsonProcessingException e) {
                return change.path("msg").asText();
            }
        }

        public List<ShownDifference> getDiff() {
            List<ShownDifference> diff = new ArrayList<>();
            change.path("diff").forEach(each -> diff.add(new ShownDifference(Difference.of(each))));
            return diff;
        }
    }
}
