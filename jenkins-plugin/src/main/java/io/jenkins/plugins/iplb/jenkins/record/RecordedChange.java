package io.jenkins.plugins.iplb.jenkins.record;

import io.jenkins.plugins.iplb.record.Language;
import io.jenkins.plugins.iplb.record.RecordedCall;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.record.RecordedError;
import io.jenkins.plugins.iplb.record.RecordedTask;
import io.jenkins.plugins.iplb.record.Stage;
import io.jenkins.plugins.iplb.record.TaskKind;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An entry of the record as pages show it. */
public final class RecordedChange {
    private final RecordedEntry entry;
    private final boolean building;
    private final Language language;

    /** @param building whether its build may still end it */
    public RecordedChange(RecordedEntry entry, boolean building, Language language) {
        this.entry = entry;
        this.building = building;
        this.language = language;
    }

    public String getId() {
        return entry.id();
    }

    /** What it did, or was to do, in a sentence; of an entry of the first releases the operation. */
    public String getTitle() {
        return entry.about() == null ? entry.operation() : entry.about().sentence(entry.stage(), language);
    }

    /** Whether the title tells the outcome already. */
    public boolean isTold() {
        return entry.about() != null && entry.stage() != Stage.BEGUN;
    }

    /** OVH's name of the load balancer; null when it concerns none. */
    public String getService() {
        return entry.service();
    }

    /** Who asked. */
    public String getBy() {
        return new TreeMap<>(entry.by())
                .entrySet().stream()
                        .map(fact -> fact.getKey() + ": " + fact.getValue())
                        .collect(Collectors.joining(" · "));
    }

    public Date getStartedAt() {
        return date(entry.startedAt());
    }

    public Date getEndedAt() {
        return date(entry.endedAt());
    }

    /** In a word. */
    public String getOutcome() {
        if (isCutOff()) {
            return Messages.Outcome_CutOff();
        }
        return switch (entry.outcome()) {
            case IN_PROGRESS -> Messages.Outcome_InProgress();
            case CHANGED -> Messages.Outcome_Changed();
            case UNCHANGED -> Messages.Outcome_Unchanged();
            case FAILED -> Messages.Outcome_Failed();
            case TIMED_OUT -> Messages.Outcome_TimedOut();
            case ABORTED -> Messages.Outcome_Aborted();
        };
    }

    /** A class that colours the word in any theme. */
    public String getOutcomeClass() {
        return switch (entry.outcome()) {
            case CHANGED -> "jenkins-!-success-color";
            case UNCHANGED -> "jenkins-!-text-color-secondary";
            case FAILED, TIMED_OUT -> "jenkins-!-error-color";
            case ABORTED -> "jenkins-!-warning-color";
            case IN_PROGRESS -> building ? "jenkins-!-accent-color" : "jenkins-!-warning-color";
        };
    }

    /** Whether it came to no end of its own: the controller went down meanwhile. */
    public boolean isCutOff() {
        return entry.wasCutOff() || entry.open() && !building;
    }

    /** The message; null when it went well, or {@link #isCutOff} says it all. */
    public String getError() {
        RecordedError error = entry.error();
        return error == null || isCutOff() ? null : error.message();
    }

    public List<ShownDifference> getDiff() {
        return entry.diff().stream().map(ShownDifference::new).toList();
    }

    public List<ShownCall> getCalls() {
        return entry.calls().stream().map(ShownCall::new).toList();
    }

    public List<ShownTask> getTasks() {
        return entry.tasks().stream().map(ShownTask::new).toList();
    }

    /** When each zone went live; a refresh that names no zone is of all. */
    public List<Live> getLive() {
        return entry.tasks().stream()
                .filter(task -> task.kind() == TaskKind.REFRESH && "done".equals(task.status()))
                .flatMap(task -> zones(task).map(zone -> new Live(zone, date(task.endedAt()), task.id())))
                .toList();
    }

    private static Stream<String> zones(RecordedTask task) {
        return task.zones().isEmpty() ? Stream.of(Messages.RecordedChange_AllZones()) : task.zones().stream();
    }

    private static Date date(Instant instant) {
        return instant == null ? null : Date.from(instant);
    }

    /** A zone that a refresh has made live. */
    public static final class Live {
        private final String zone;
        private final Date at;
        private final long task;

        Live(String zone, Date at, long task) {
            this.zone = zone;
            this.at = at == null ? null : new Date(at.getTime());
            this.task = task;
        }

        public String getZone() {
            return zone;
        }

        public Date getAt() {
            return at == null ? null : new Date(at.getTime());
        }

        public long getTask() {
            return task;
        }
    }

    /** A write that was sent, or was about to be. */
    public static final class ShownCall {
        private final RecordedCall call;

        ShownCall(RecordedCall call) {
            this.call = call;
        }

        public String getRequest() {
            return call.method() + " " + call.path();
        }

        public Date getSentAt() {
            return date(call.sentAt());
        }

        public String getFate() {
            return switch (call.fate()) {
                case UNKNOWN -> Messages.Fate_Unknown();
                case DONE -> Messages.Fate_Done();
                case REFUSED -> Messages.Fate_Refused();
                case NOT_SENT -> Messages.Fate_NotSent();
                case TOOK_EFFECT -> Messages.Fate_TookEffect();
                case NO_EFFECT -> Messages.Fate_NoEffect();
            };
        }

        public boolean isUnknown() {
            return call.fate() == io.jenkins.plugins.iplb.record.Fate.UNKNOWN;
        }

        /** Null when there was no answer. */
        public Integer getStatus() {
            return call.status();
        }

        /** What OVH's support asks for; null when there was none. */
        public String getQueryId() {
            return call.queryId();
        }

        public String getError() {
            return call.error();
        }
    }

    /** What OVH did about it. */
    public static final class ShownTask {
        private final RecordedTask task;

        ShownTask(RecordedTask task) {
            this.task = task;
        }

        public String getName() {
            String id = Long.toString(task.id());
            return switch (task.kind()) {
                case REFRESH -> Messages.Task_Refresh(id);
                case CERTIFICATE -> Messages.Task_Certificate(id);
                case IP -> Messages.Task_Move(id);
            };
        }

        public String getZones() {
            return task.kind() == TaskKind.REFRESH
                    ? String.join(", ", zones(task).toList())
                    : "";
        }

        public String getStatus() {
            return task.status();
        }

        public Date getStartedAt() {
            return date(task.startedAt());
        }

        public Date getEndedAt() {
            return date(task.endedAt());
        }
    }
}
