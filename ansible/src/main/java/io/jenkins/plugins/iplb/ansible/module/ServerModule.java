package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.ansible.spec.Constraint;
import io.jenkins.plugins.iplb.ansible.spec.Constraint.RequiredOneOf;
import io.jenkins.plugins.iplb.change.EnsureServer;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.change.Removable;
import io.jenkins.plugins.iplb.change.ServerKey;
import java.util.List;
import java.util.Optional;

/** {@code iplb_server}: a server of a farm. */
final class ServerModule implements IplbModule {
    private static final List<String> FIELDS = List.of(
            "address",
            "port",
            "status",
            "weight",
            "backup",
            "probe",
            "ssl",
            "chain",
            "proxy_protocol_version",
            "on_marked_down",
            "cookie");

    @Override
    public List<Constraint> constraints() {
        return List.of(new RequiredOneOf("address", "name"));
    }

    @Override
    public Work work(Arguments arguments) {
        Reference farm = Reference.parse("farm", arguments.text("farm"));
        Optional<Reference> server = States.reference(arguments, "name");
        if (States.isAbsent(arguments)) {
            ServerKey key = new ServerKey(
                    server,
                    Optional.ofNullable(arguments.text("address")),
                    Optional.ofNullable(arguments.number("port")));
            return States.removal(arguments, new Removable.Server(farm, key));
        }
        return Work.of(new EnsureServer(
                arguments.text("service"), States.protocol(arguments), farm, server, Wanted.fields(arguments, FIELDS)));
    }
}
