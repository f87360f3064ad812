package io.jenkins.plugins.iplb.change;

import com.fasterxml.jackson.databind.node.NullNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.api.ServiceName;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.record.About;
import io.jenkins.plugins.iplb.record.Effect;
import java.util.List;

/** Something that is to be there no more. What is not there is no change; what is still in use is not removed. */
public record Remove(String service, Protocol protocol, Removable what) implements Change {

    public Remove {
        service = ServiceName.parse(service);
        if (what instanceof Removable.Route || what instanceof Removable.Rule) {
            Protocol.parse(protocol.code(), Protocol.HTTP, Protocol.TCP);
        }
    }

    @Override
    public String operation() {
        return "remove-" + what.kind();
    }

    @Override
    public Fields wanted() {
        return Fields.none().with("protocol", protocol.code()).and(what.wanted());
    }

    @Override
    public Plan plan(Reader reader) {
        return what.find(reader, protocol)
                .map(found -> new Plan(
                        new About(Effect.REMOVED, found.subject()),
                        found.lines(),
                        found.before(),
                        NullNode.instance,
                        found.calls().stream().map(PlannedStep::of).toList(),
                        found.ids().json()))
                .orElseGet(() -> new Plan(
                        new About(Effect.REMOVED, what.missing(reader, protocol)),
                        reader.lines(protocol),
                        NullNode.instance,
                        NullNode.instance,
                        List.of(),
                        Fields.none().json()));
    }

    @Override
    public List<String> warnings(Reader reader, Plan plan) {
        return what instanceof Removable.Server server && plan.changes()
                ? SourceHash.warnings(protocol, reader.farm(protocol, server.farm()), plan)
                : List.of();
    }
}
