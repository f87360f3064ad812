package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.api.Named;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.Changes;
import io.jenkins.plugins.iplb.change.Plan;
import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.record.Stage;
import java.util.Optional;

/** A farm that is made again, by its name and zone: by its name alone another one may be meant. */
record RecordedLead(Protocol protocol, String name, String zone) {

    /** @throws IplbException when the plan leads to another one */
    void mustBe(Plan plan, Changes reading) {
        JsonNode target = plan.after().has("defaultFarmId")
                ? plan.after().path("defaultFarmId")
                : plan.after().at("/action/target");
        Optional<Named> farm = reading.known(protocol, "farm", target.asLong());
        if (farm.filter(each -> zone.equals(each.zone())).isEmpty()) {
            throw new IplbException(
                    FailureKind.REFUSED,
                    "%s cannot be undone: it led to farm %s in zone %s, which is made again, and by its name another one is meant. Rename that first"
                            .formatted(plan.about().sentence(Stage.PLANNED), name, zone));
        }
    }
}
