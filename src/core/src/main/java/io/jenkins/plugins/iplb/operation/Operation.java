package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.change.EnableHttp2;
import io.jenkins.plugins.iplb.change.Others;
import io.jenkins.plugins.iplb.change.RotateCertificate;
import io.jenkins.plugins.iplb.check.CheckTarget;
import io.jenkins.plugins.iplb.check.TrafficProof;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.record.RecordedEntry;
import io.jenkins.plugins.iplb.refresh.RefreshRequest;
import io.jenkins.plugins.iplb.refresh.RefreshState;
import io.jenkins.plugins.iplb.run.Report;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A valid operation that has yet to be carried out. */
public sealed interface Operation {

    /** Its name in records and on the command line. */
    String name();

    /** An operation on a load balancer: {@link Operations} carry it out by calls to OVH. */
    sealed interface OnLoadBalancer extends Operation {

        /** The load balancer. */
        String service();

        /** Its parameters, as the record has them. */
        Fields wanted();

        /** Whether it may write, and then has an entry in the record. */
        boolean mayWrite();
    }

    /** Makes a wish true, and waits for what OVH does about it. */
    record Changing(Change change) implements OnLoadBalancer {
        @Override
        public String name() {
            return change.operation();
        }

        @Override
        public String service() {
            return change.service();
        }

        @Override
        public Fields wanted() {
            return change.wanted();
        }

        @Override
        public boolean mayWrite() {
            return true;
        }
    }

    /**
     * Makes what is staged live, and waits until it is.
     *
     * @param kept the state of the gate that was kept last; empty for a gate that has not begun
     * @param keep keeps a state, for whoever must be able to go on after a crash: it is durable when this returns
     */
    record Refreshing(RefreshRequest request, Optional<RefreshState> kept, Consumer<RefreshState> keep)
            implements OnLoadBalancer {

        /** One that keeps nothing. */
        public Refreshing(RefreshRequest request) {
            this(request, Optional.empty(), state -> {});
        }

        @Override
        public String name() {
            return RefreshRequest.OPERATION;
        }

        @Override
        public String service() {
            return request.service();
        }

        @Override
        public Fields wanted() {
            return request.wanted();
        }

        @Override
        public boolean mayWrite() {
            return true;
        }
    }

    /**
     * Puts a certificate in the place of another without a gap: adds it, makes that live, removes the other, makes that
     * live. Each of the four is an operation of its own in the record.
     */
    record Rotating(RotateCertificate rotation) implements OnLoadBalancer {
        @Override
        public String name() {
            return "rotate-certificate";
        }

        @Override
        public String service() {
            return rotation.service();
        }

        @Override
        public Fields wanted() {
            return rotation.wanted();
        }

        @Override
        public boolean mayWrite() {
            return true;
        }
    }

    /**
     * Makes a wish true, makes that live, and waits for what is to end then. All of it is one operation in the record, but for the
     * refresh.
     *
     * @param until when servers that are taken out are empty; empty where there are none to wait for
     */
    record MakingLive(Change change, Optional<Emptying> until) implements OnLoadBalancer {
        @Override
        public String name() {
            return change.operation();
        }

        @Override
        public String service() {
            return change.service();
        }

        @Override
        public Fields wanted() {
            return until.map(each -> change.wanted().and(each.wanted())).orElseGet(change::wanted);
        }

        @Override
        public boolean mayWrite() {
            return true;
        }
    }

    /** Several operations and what is done between them; a deployment carries it out. */
    sealed interface Deployment extends OnLoadBalancer {
        Protocol protocol();

        Reference farm();

        @Override
        default boolean mayWrite() {
            return true;
        }
    }

    /**
     * Takes the servers of a farm out, some at a time, has something done to them, and puts them back. Those that are inactive
     * already are left alone.
     *
     * @param atOnce how many are out at the same time
     * @param keep how many must take part at any time, at least
     * @param until when they are empty
     */
    record Rolling(String service, Protocol protocol, Reference farm, AtOnce atOnce, int keep, Emptying until)
            implements Deployment {
        @Override
        public String name() {
            return "rolling";
        }

        @Override
        public Fields wanted() {
            return Fields.none()
                    .with("protocol", protocol.code())
                    .with("farm", farm.text())
                    .withPresent("zone", farm.zone())
                    .with("atOnce", atOnce.text())
                    .with("keep", keep)
                    .and(until.wanted());
        }
    }

    /**
     * Moves the traffic of a farm from some of its servers to others, share by share, and has something done after each.
     *
     * @param steps the shares of the others in percent, rising
     * @param every how long it waits before the next one; empty for not at all
     */
    record Shifting(
            String service,
            Protocol protocol,
            Reference farm,
            List<Reference> from,
            List<Reference> to,
            List<Integer> steps,
            Optional<String> every)
            implements Deployment {

        /** @throws InvalidInput for steps that do not rise, and for a server on both sides */
        public Shifting {
            for (int i = 1; i < steps.size(); i++) {
                if (steps.get(i) <= steps.get(i - 1)) {
                    throw new InvalidInput("steps", steps.get(i), "percentages that rise, such as 5, 25, 100");
                }
            }
            from.stream().filter(to::contains).findFirst().ifPresent(both -> {
                throw new InvalidInput("to", both.text(), "others than %s", "from");
            });
        }

        @Override
        public String name() {
            return "shift";
        }

        @Override
        public Fields wanted() {
            return Fields.none()
                    .with("protocol", protocol.code())
                    .with("farm", farm.text())
                    .withPresent("zone", farm.zone())
                    .with("from", from.stream().map(Reference::text).toList())
                    .with("to", to.stream().map(Reference::text).toList())
                    .with("steps", steps)
                    .withPresent("every", every);
        }
    }

    /**
     * Makes a whole configuration so, in an order in which nothing comes before what it needs, and makes it live: {@link
     * Configuration} carries it out. Each change is an operation of its own in the record.
     *
     * @param wishes what is to be there, and what is to be gone
     * @param others what is to be gone because nobody names it
     * @param approved the changes that were agreed to, as {@link Configuration#CHANGES} of a report has them: anything else is
     *     refused; empty for whatever it takes
     * @param refresh whether to make it live
     */
    record Configuring(
            String service, List<Wish> wishes, List<Others> others, Optional<JsonNode> approved, boolean refresh)
            implements OnLoadBalancer {

        /** Whether it is to be as a record has found it. */
        boolean undoes() {
            return wishes.stream().anyMatch(wish -> wish.left().isPresent());
        }

        /** The same, of what somebody has agreed to. @param changes as {@link Configuration#CHANGES} of a report has them */
        public Configuring approved(JsonNode changes) {
            return new Configuring(service, wishes, others, Optional.of(changes), refresh);
        }

        @Override
        public String name() {
            return "apply";
        }

        @Override
        public Fields wanted() {
            return Fields.none()
                    .with(
                            "changes",
                            wishes.stream()
                                    .map(wish -> wish.change()
                                            .wanted()
                                            .with("operation", wish.change().operation())
                                            .json())
                                    .toList());
        }

        @Override
        public boolean mayWrite() {
            return true;
        }
    }

    /**
     * Undoes what a record says was done. Each change is an operation of its own in the record, so that it can be undone in
     * turn.
     *
     * @param what is asked for when its turn has come, and what was under way before is over
     */
    record Undoing(String service, Supplier<Rollback> what) implements OnLoadBalancer {

        /** What is known already. */
        public Undoing(Rollback rollback) {
            this(rollback.service(), () -> rollback);
        }

        @Override
        public String name() {
            return "rollback";
        }

        @Override
        public Fields wanted() {
            return Fields.none();
        }

        @Override
        public boolean mayWrite() {
            return true;
        }
    }

    /**
     * Tells what is not as it was meant to be: {@link Drift} does.
     *
     * @param file what a change file wants; empty for what a record has left
     * @param record entries of any load balancers, if there is no file
     * @param pendingFor for how long something may be pending; empty for however long
     */
    record Drifting(
            String service, Optional<Configuring> file, List<RecordedEntry> record, Optional<Duration> pendingFor)
            implements OnLoadBalancer {

        @Override
        public String name() {
            return "drift";
        }

        @Override
        public Fields wanted() {
            return Fields.none();
        }

        @Override
        public boolean mayWrite() {
            return false;
        }
    }

    /**
     * Reads what is there.
     *
     * @param servers whether the servers of the farms are wanted, which OVH lists farm by farm: one read more for each
     */
    record Showing(String service, boolean servers) implements OnLoadBalancer {

        /** @throws InvalidInput for what is no service name */
        public Showing {
            service = ServiceName.parse(service);
        }

        @Override
        public String name() {
            return "show";
        }

        @Override
        public Fields wanted() {
            return Fields.none();
        }

        @Override
        public boolean mayWrite() {
            return false;
        }
    }

    /**
     * Reads what is staged, for whoever makes something of it.
     *
     * @param what makes it; the report's result
     */
    record Reading(String name, String service, Function<Snapshot, ObjectNode> what) implements OnLoadBalancer {

        /** @throws InvalidInput for what is no service name */
        public Reading {
            service = ServiceName.parse(service);
        }

        @Override
        public Fields wanted() {
            return Fields.none();
        }

        @Override
        public boolean mayWrite() {
            return false;
        }
    }

    /** Looks at what OVH measures of the traffic until it is as it is to be. */
    record CheckingMetrics(MetricsProof proof) implements OnLoadBalancer {
        @Override
        public String name() {
            return "check-metrics";
        }

        @Override
        public String service() {
            return proof.service();
        }

        @Override
        public Fields wanted() {
            return Fields.none();
        }

        @Override
        public boolean mayWrite() {
            return false;
        }
    }

    /**
     * Brings HTTP/2 to a frontend, in the way that is right for it, makes that live and proves it: {@link Http2Enabling}
     * carries it out.
     *
     * @param target what must answer over HTTP/2 in the end
     */
    record EnablingHttp2(EnableHttp2 change, CheckTarget target) implements Operation {
        @Override
        public String name() {
            return change.operation();
        }

        /** The same, asked in another way. */
        public EnablingHttp2 asked(CheckTarget other) {
            return new EnablingHttp2(change, other);
        }

        /** What is staged for it. @param isSpoken whether HTTP/2 is spoken already */
        OnLoadBalancer staging(boolean isSpoken) {
            return of(change.spoken(isSpoken));
        }

        /** The refresh that makes it live. @param staged what was staged for it */
        Refreshing refreshing(Report staged) {
            String zone = staged.result().path(EnableHttp2.ZONE).textValue();
            return new Refreshing(new RefreshRequest(change.service(), List.of(zone), isNative(staged), true));
        }

        /** Whether the frontend speaks it by itself, so that nothing is pending for it. */
        static boolean isNative(Report staged) {
            return EnableHttp2.NATIVE.equals(
                    staged.result().path(EnableHttp2.WAY).textValue());
        }
    }

    /** Asks a URL whether it answers over HTTP/2: {@link LiveCheck} carries it out, without OVH. */
    record Checking(CheckTarget target) implements Operation {
        @Override
        public String name() {
            return "check-http2";
        }
    }

    /**
     * Asks a URL again and again until it has proven what is expected of it: {@link TrafficChecking} carries it out, without
     * OVH.
     *
     * @param kept what was counted last, before a restart; empty for what has not begun
     * @param keep keeps what is counted
     */
    record CheckingTraffic(TrafficProof proof, Optional<TrafficState> kept, Consumer<TrafficState> keep)
            implements Operation {

        /** One that keeps nothing. */
        public CheckingTraffic(TrafficProof proof) {
            this(proof, Optional.empty(), state -> {});
        }

        @Override
        public String name() {
            return "check-traffic";
        }
    }

    static OnLoadBalancer of(Change change) {
        return new Changing(change);
    }

    static OnLoadBalancer of(RefreshRequest request) {
        return new Refreshing(request);
    }
}
