package io.jenkins.plugins.iplb.sandbox.haproxy;

import io.jenkins.plugins.iplb.sandbox.world.Certificate;
import io.jenkins.plugins.iplb.sandbox.world.Item;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the configuration of a zone is to run.
 *
 * @param zone its name, as frontends and farms have it
 * @param own where the zone itself is reached
 * @param additional where the load balancer's additional IPs are, by their blocks
 * @param portShift added to every port of a frontend, for who may not bind the low ones
 * @param http2 whether frontends that do TLS speak HTTP/2 there by themselves
 * @param sslConfiguration the service's, {@code modern} or {@code intermediate}; null = OVH's default
 * @param folder where the files will be
 * @param pem a certificate with its chain and key
 * @param ownCertificate what is shown where the load balancer has nothing to show, with its key
 * @param standIns what takes a server's place, if anything does
 * @param explained whether every frontend says on the standard output what became of a request, and why: {@link Verdict}
 */
public record Site(
        String zone,
        Listen own,
        Map<String, Listen> additional,
        int portShift,
        boolean http2,
        String sslConfiguration,
        String folder,
        Function<Certificate, String> pem,
        String ownCertificate,
        StandIns standIns,
        boolean explained) {

    /**
     * @param address where clients come
     * @param door where clients come that say by the PROXY protocol who they are
     */
    public record Listen(String address, String door) {}

    /** Somebody to answer in a server's place. */
    @FunctionalInterface
    public interface StandIns {
        /** Every server is its own. */
        StandIns NONE = (server, port) -> Optional.empty();

        /**
         * @param port where the server itself would be reached
         * @return address and port; empty = the server itself
         */
        Optional<String> of(Item server, int port);
    }

    /** Whether a frontend or a farm lives here. */
    boolean has(Item item) {
        return List.of(zone, "all").contains(item.text("zone"));
    }
}
