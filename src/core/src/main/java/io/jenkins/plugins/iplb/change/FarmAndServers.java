package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.api.Farm;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.Server;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Effect;
import io.jenkins.plugins.iplb.record.Kind;
import java.util.List;

/** A farm, and its servers in their order. */
public record FarmAndServers(Farm farm, List<Server> servers) {

    /** The farm as people know it. */
    public String said(Protocol protocol) {
        return Reader.said(protocol, "farm", farm);
    }

    /** Those of them that are meant. */
    public List<Server> among(ServersOfFarm some) {
        return some.among(farm, servers);
    }

    /** A server as people call it: by its name, or else its address. */
    public static String called(Server server) {
        return Subjects.of(Kind.SERVER, server).called();
    }

    /** What is done to it. */
    public About about() {
        return new About(Effect.CHANGED, Subjects.of(Kind.FARM, farm));
    }
}
