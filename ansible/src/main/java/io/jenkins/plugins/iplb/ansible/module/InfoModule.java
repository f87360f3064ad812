package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.api.ServiceName;

/** {@code iplb_info}: what is there, without changing anything. */
final class InfoModule implements IplbModule {
    @Override
    public Work work(Arguments arguments) {
        String service = ServiceName.parse(arguments.text("service"));
        return engine -> engine.run((operations, options) -> operations.show(service, options));
    }
}
