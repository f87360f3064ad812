package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.EnsureFrontend;
import io.jenkins.plugins.iplb.change.Reference;
import java.util.Optional;

/** {@code iplb_frontend}: a frontend, with the failover IPs that are dedicated to it. */
final class FrontendModule implements IplbModule {
    @Override
    public Work work(Arguments arguments) {
        EnsureFrontend change = new EnsureFrontend(
                arguments.text("service"),
                Protocol.parse(arguments.text("protocol")),
                arguments.text("port"),
                arguments.text("zone"),
                arguments.text("name"),
                Optional.ofNullable(arguments.text("farm")).map(farm -> Reference.parse("farm", farm)),
                arguments.mentioned("ssl"),
                arguments
                        .texts("ips")
                        .map(ips ->
                                ips.stream().map(ip -> IpBlock.parse("ips", ip)).toList()));
        return engine -> engine.run((operations, options) -> operations.change(change, options));
    }
}
