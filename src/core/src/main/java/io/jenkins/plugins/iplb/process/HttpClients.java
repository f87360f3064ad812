package io.jenkins.plugins.iplb.process;

import io.jenkins.plugins.iplb.ovh.Endpoint;
import okhttp3.OkHttpClient;

/** Where a process gets the HTTP client that it needs. */
public interface HttpClients {

    /** To call OVH's API. */
    OkHttpClient client(Endpoint endpoint);

    /** To ask anybody else, over TLS. */
    OkHttpClient client();

    /** New ones, which connect by way of the machine's proxies. */
    static HttpClients on(Machine machine) {
        return new HttpClients() {
            @Override
            public OkHttpClient client(Endpoint endpoint) {
                return client();
            }

            @Override
            public OkHttpClient client() {
                return EnvironmentProxies.in(new OkHttpClient.Builder(), machine.environment())
                        .build();
            }
        };
    }
}
