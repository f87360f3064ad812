package io.jenkins.plugins.iplb.bench;

import io.jenkins.plugins.iplb.ovh.Credentials.ApplicationKeys;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.ovh.Limits;
import io.jenkins.plugins.iplb.ovh.OvhClient;
import io.jenkins.plugins.iplb.ovh.OvhClients;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import java.time.InstantSource;
import okhttp3.OkHttpClient;

/** What a benchmark may ask of the sandbox. */
final class Budgets {
    private Budgets() {}

    /** The limits of every face, but for the number of requests: fair use of OVH would hide how many there are. */
    static Limits unlimited() {
        Limits fair = Limits.DEFAULT;
        return new Limits(
                fair.connect(),
                fair.read(),
                fair.call(),
                fair.retries(),
                fair.retryFor(),
                fair.firstDelay(),
                1_000_000);
    }

    /** A client of the sandbox that goes by this clock, without any budget. */
    static OvhClient unlimited(Sandbox sandbox, InstantSource clock) {
        ApplicationKeys keys = new ApplicationKeys(
                sandbox.credentials().applicationKey(),
                sandbox.credentials().applicationSecret(),
                sandbox.credentials().consumerKey());
        return new OvhClients(new OkHttpClient(), unlimited(), clock)
                .client(Endpoint.of(sandbox.httpEndpoint().toString()), keys);
    }
}
