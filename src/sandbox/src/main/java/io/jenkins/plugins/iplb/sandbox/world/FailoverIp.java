package io.jenkins.plugins.iplb.sandbox.world;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A failover (additional) IP: where it is routed, and where it may go. Only to be touched under the world's lock. */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY, getterVisibility = JsonAutoDetect.Visibility.NONE)
public final class FailoverIp {
    private String block;
    private String routedTo;
    private String description;
    private List<String> destinations = new ArrayList<>();
    private final SortedMap<Long, IpMove> moves = new TreeMap<>();

    FailoverIp(String block, String routedTo, List<String> destinations) {
        this.block = block;
        this.routedTo = routedTo;
        this.destinations = new ArrayList<>(destinations);
    }

    /** For the state file. */
    FailoverIp() {}

    /** With its length: {@code 203.0.113.7/32}. */
    public String block() {
        return block;
    }

    /** The service it is routed to; empty = parked. */
    public Optional<String> routedTo() {
        return Optional.ofNullable(routedTo);
    }

    public Optional<String> description() {
        return Optional.ofNullable(description);
    }

    /** Services it may move to, wherever it is now. */
    public List<String> destinations() {
        return List.copyOf(destinations);
    }

    public Collection<IpMove> moves() {
        return List.copyOf(moves.values());
    }

    public Optional<IpMove> runningMove(Instant now) {
        return moves.values().stream().filter(move -> move.running(now)).findFirst();
    }

    IpMove start(long id, String destination, Timeline timeline, Duration lag) {
        IpMove move = new IpMove(id, destination, timeline, lag, false);
        moves.put(id, move);
        return move;
    }

    void takesNoEffect(IpMove move) {
        moves.put(move.id(), move.asSettled());
    }

    void retime(UnaryOperator<Timeline> change) {
        moves.replaceAll((id, move) -> move.on(change.apply(move.timeline())));
    }

    void settle(Instant now) {
        for (IpMove move : moves()) {
            if (!move.settled() && move.shows(now)) {
                if (move.timeline().succeeds()) {
                    routedTo = move.destination();
                }
                moves.put(move.id(), move.asSettled());
            }
        }
    }
}
