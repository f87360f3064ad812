package io.jenkins.plugins.iplb.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * A server of a farm of any protocol; what a protocol does not have is null.
 *
 * @param address IPv4; fixed when it was made
 * @param port null when it takes the farm's
 * @param status {@code active} or {@code inactive}
 * @param weight 0 to 256; 0 receives nothing, null is 1
 * @param backup whether it gets traffic only when no other server can
 * @param probe whether the farm's probe looks after it
 * @param ssl whether it is spoken to in TLS
 * @param chain the certificates that it is checked against; null when it is not
 * @param cookie its value of the cookie of a farm whose stickiness is {@code cookie}; http only
 * @param proxyProtocolVersion null when it is sent no PROXY header
 * @param onMarkedDown {@code shutdown-sessions}, or null
 * @param serverState why it is down, or that it is not; empty when nobody looks
 */
public record Server(
        long serverId,
        String displayName,
        String address,
        Integer port,
        String status,
        Integer weight,
        Boolean backup,
        Boolean probe,
        Boolean ssl,
        String chain,
        String cookie,
        String proxyProtocolVersion,
        String onMarkedDown,
        List<ServerState> serverState)
        implements Named {

    public Server {
        serverState = serverState == null ? List.of() : List.copyOf(serverState);
    }

    @Override
    public long id() {
        return serverId;
    }

    /** The same with another status. */
    public Server having(String other) {
        return new Server(
                serverId,
                displayName,
                address,
                port,
                other,
                weight,
                backup,
                probe,
                ssl,
                chain,
                cookie,
                proxyProtocolVersion,
                onMarkedDown,
                serverState);
    }

    /** Its port, or else its farm's; null where that takes the frontend's. */
    public Integer port(Farm farm) {
        return port == null ? farm.port() : port;
    }

    /** Whether it gets traffic as long as nothing is wrong. */
    public boolean takesPart() {
        return "active".equals(status)
                && !Boolean.TRUE.equals(backup)
                && !Integer.valueOf(0).equals(weight);
    }

    /** Whether nobody who looks after it says that it is down. */
    @JsonIgnore
    public boolean isUp() {
        return serverState.isEmpty() || serverState.stream().anyMatch(each -> !"DOWN".equals(each.status()));
    }
}
