package io.jenkins.plugins.iplb.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * One task of OVH.
 *
 * @param zones the zones it concerns; empty for a task that has none
 * @param status in OVH's word, as last seen
 * @param startedAt when it was first seen
 * @param endedAt when it was seen to be over; {@code null} before
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RecordedTask(
        TaskKind kind, long id, List<String> zones, String status, Instant startedAt, Instant endedAt) {
    public RecordedTask {
        zones = zones == null ? List.of() : List.copyOf(zones);
    }

    /** The same task, seen again. */
    public RecordedTask seen(List<String> itsZones, String itsStatus) {
        return new RecordedTask(kind, id, itsZones, itsStatus, startedAt, endedAt);
    }

    /** The same task, which is over. When it was seen to be so first is kept. */
    public RecordedTask ended(Instant now) {
        return endedAt == null ? new RecordedTask(kind, id, zones, status, startedAt, now) : this;
    }

    boolean is(TaskKind otherKind, long otherId) {
        return kind == otherKind && id == otherId;
    }
}
