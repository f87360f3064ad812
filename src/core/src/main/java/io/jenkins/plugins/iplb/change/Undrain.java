package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.List;

/** Some servers of a farm take part again. */
public record Undrain(ServersOfFarm of) implements Change {
    public static final String OPERATION = "undrain";

    @Override
    public String operation() {
        return OPERATION;
    }

    @Override
    public String service() {
        return of.service();
    }

    @Override
    public Fields wanted() {
        return of.wanted();
    }

    @Override
    public Plan plan(Reader reader) {
        return of.plan(reader, "active");
    }

    @Override
    public List<String> warnings(Reader reader, Plan plan) {
        return SourceHash.ofServers(of.protocol(), of.farm(reader), plan);
    }
}
