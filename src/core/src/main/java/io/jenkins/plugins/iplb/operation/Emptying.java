package io.jenkins.plugins.iplb.operation;

import io.jenkins.plugins.iplb.check.ConnectionsAt;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Durations;
import java.time.Duration;

/** When a server that gets nothing new is taken for empty. OVH counts no connections of a server, so that it cannot be asked. */
public sealed interface Emptying {
    String AFTER = "emptyAfter";
    String CONNECTIONS = "connections";

    /** As the parameters have it. */
    Fields wanted();

    /** When this time has passed since it is out. */
    record After(String time) implements Emptying {
        /** Where nothing is said. */
        public static final After USUAL = new After("30s");

        public After {
            Durations.parse(AFTER, time);
        }

        Duration duration() {
            return Durations.parse(AFTER, time);
        }

        @Override
        public Fields wanted() {
            return Fields.none().with(AFTER, time);
        }
    }

    /** When it says itself that it has no more connections than that. */
    record Counted(ConnectionsAt at, int most) implements Emptying {
        @Override
        public Fields wanted() {
            return Fields.none().with(ConnectionsAt.PARAMETER, at.template()).with(CONNECTIONS, most);
        }
    }
}
