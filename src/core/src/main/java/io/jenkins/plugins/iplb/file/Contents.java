package io.jenkins.plugins.iplb.file;

import io.jenkins.plugins.iplb.api.Certificate;
import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.Frontend;
import io.jenkins.plugins.iplb.api.LoadBalancer;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Route;
import io.jenkins.plugins.iplb.api.Server;
import io.jenkins.plugins.iplb.api.Snapshot;
import io.jenkins.plugins.iplb.api.VrackNetwork;
import java.util.List;
import java.util.Optional;

/** What a load balancer holds, wherever that is known from. */
interface Contents {
    String service();

    /** Of it, a name and how it speaks TLS are of interest; empty when nothing of it is known. */
    Optional<LoadBalancer> loadBalancer();

    /** The blocks that are routed to it. */
    List<String> ips();

    List<VrackNetwork> networks();

    List<Certificate> certificates();

    List<Farm> farms(Protocol protocol);

    List<Server> servers(Protocol protocol, long farmId);

    List<Frontend> frontends(Protocol protocol);

    /** With their rules; none of udp. */
    List<Route> routes(Protocol protocol);

    /** What is staged at OVH. */
    static Contents of(Snapshot lb) {
        return new Contents() {
            @Override
            public String service() {
                return lb.service();
            }

            @Override
            public Optional<LoadBalancer> loadBalancer() {
                return Optional.of(lb.loadBalancer());
            }

            @Override
            public List<String> ips() {
                return lb.failoverIps();
            }

            @Override
            public List<VrackNetwork> networks() {
                return lb.loadBalancer().inVrack() ? lb.vrackNetworks() : List.of();
            }

            @Override
            public List<Certificate> certificates() {
                return lb.certificates();
            }

            @Override
            public List<Farm> farms(Protocol protocol) {
                return lb.farms(protocol);
            }

            @Override
            public List<Server> servers(Protocol protocol, long farmId) {
                return lb.servers(protocol, farmId);
            }

            @Override
            public List<Frontend> frontends(Protocol protocol) {
                return lb.frontends(protocol);
            }

            @Override
            public List<Route> routes(Protocol protocol) {
                return lb.routes(protocol);
            }
        };
    }
}
