package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.ansible.spec.Constraint;
import io.jenkins.plugins.iplb.ansible.spec.Constraint.MutuallyExclusive;
import io.jenkins.plugins.iplb.ansible.spec.Constraint.RequiredIf;
import io.jenkins.plugins.iplb.ansible.spec.Constraint.RequiredOneOf;
import io.jenkins.plugins.iplb.change.EnsureFrontend;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.change.Removable;
import java.util.List;

/** {@code iplb_frontend}: a frontend, with the failover IPs that are dedicated to it. */
final class FrontendModule implements IplbModule {
    private static final List<String> FIELDS = List.of(
            "name",
            "port",
            "zone",
            "farm",
            "ips",
            "disabled",
            "ssl",
            "default_ssl_id",
            "allowed_source",
            "denied_source",
            "hsts",
            "http_header",
            "redirect_location");

    @Override
    public List<Constraint> constraints() {
        return List.of(
                new RequiredIf("state", States.ABSENT, "name"),
                new RequiredOneOf("name", "port"),
                new MutuallyExclusive("allowed_source", "denied_source"));
    }

    @Override
    public Work work(Arguments arguments) {
        return States.isAbsent(arguments)
                ? States.removal(arguments, new Removable.Frontend(Reference.parse("name", arguments.text("name"))))
                : Work.of(new EnsureFrontend(
                        arguments.text("service"), States.protocol(arguments), Wanted.fields(arguments, FIELDS)));
    }
}
