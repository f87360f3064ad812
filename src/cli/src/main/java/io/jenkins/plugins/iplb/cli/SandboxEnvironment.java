package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.sandbox.Sandbox;
import java.util.LinkedHashMap;
import java.util.Map;

/** What OVH's clients need to talk to a sandbox. */
final class SandboxEnvironment {
    private SandboxEnvironment() {}

    static Map<String, String> of(Sandbox sandbox) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("OVH_ENDPOINT", sandbox.httpEndpoint().toString());
        environment.put("OVH_APPLICATION_KEY", sandbox.credentials().applicationKey());
        environment.put("OVH_APPLICATION_SECRET", sandbox.credentials().applicationSecret());
        environment.put("OVH_CONSUMER_KEY", sandbox.credentials().consumerKey());
        return environment;
    }

    static String tlsAddress(Sandbox sandbox) {
        return sandbox.tlsAddress().getHostString() + ":" + sandbox.tlsAddress().getPort();
    }
}
