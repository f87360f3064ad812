package io.jenkins.plugins.iplb.process;

import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.ovh.SideBySide;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/** Where a process gets the HTTP client that it needs. */
public interface HttpClients {

    /** To call OVH's API. */
    OkHttpClient client(Endpoint endpoint);

    /** To ask anybody else, over TLS. */
    OkHttpClient client();

    /** Of one that keeps as many connections as may be used at the same time. */
    static OkHttpClient.Builder builder() {
        return new OkHttpClient.Builder().connectionPool(new ConnectionPool(SideBySide.CALLS, 5, TimeUnit.MINUTES));
    }

    /** New ones, which connect by way of the machine's proxies. */
    static HttpClients on(Machine machine) {
        return new HttpClients() {
            @Override
            public OkHttpClient client(Endpoint endpoint) {
                return client();
            }

            @Override
            public OkHttpClient client() {
                return EnvironmentProxies.in(builder(), machine.environment()).build();
            }
        };
    }
}
