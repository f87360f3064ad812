package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.change.EnsureFarm;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.change.Removable;
import java.util.List;

/** {@code iplb_farm}: a farm, with its stickiness, balance and probe. */
final class FarmModule implements IplbModule {
    private static final List<String> FIELDS =
            List.of("zone", "port", "vrack_network_id", "balance", "stickiness", "probe");

    @Override
    public Work work(Arguments arguments) {
        Reference farm = Reference.parse("name", arguments.text("name"));
        return States.isAbsent(arguments)
                ? States.removal(arguments, new Removable.Farm(farm))
                : Work.of(new EnsureFarm(
                        arguments.text("service"), States.protocol(arguments), farm, Wanted.fields(arguments, FIELDS)));
    }
}
