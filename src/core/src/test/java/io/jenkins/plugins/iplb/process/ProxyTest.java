package io.jenkins.plugins.iplb.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.ovh.CallObserver;
import io.jenkins.plugins.iplb.ovh.Endpoint;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.testing.ForwardProxy;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.wait.Timer;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxies of the environment. The sandbox goes by a name that only the proxy knows. */
@ExtendWith(SandboxExtension.class)
class ProxyTest {
    private final ForwardProxy open = new ForwardProxy(null);
    private final ForwardProxy closed = new ForwardProxy("jo:p@ss:word");
    private final Map<String, String> environment = new TreeMap<>();

    private Sandbox sandbox;
    private TestClock clock;

    @TempDir
    private Path directory;

    @BeforeEach
    void prepare(Sandbox box, TestClock time) {
        sandbox = box;
        clock = time;
        environment.put("OVH_ENDPOINT", named(box.httpsEndpoint()));
        environment.put("OVH_APPLICATION_KEY", box.credentials().applicationKey());
        environment.put("OVH_APPLICATION_SECRET", box.credentials().applicationSecret());
        environment.put("OVH_CONSUMER_KEY", box.credentials().consumerKey());
    }

    @AfterEach
    void close() {
        open.close();
        closed.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https_proxy", "HTTPS_PROXY"})
    void httpsGoesThroughATunnelOfTheProxy(String variable) {
        environment.put(variable, "http://127.0.0.1:" + open.port());

        assertThat(show().service()).isEqualTo(DemoWorld.SERVICE);

        assertThat(open.requestLines()).isNotEmpty().allMatch(line -> line.startsWith("CONNECT api.sandbox.test:"));
    }

    @Test
    void aProxyIsToldItsNameAndPasswordAndNoOtherServerIs() {
        environment.put("https_proxy", "http://jo:p%40ss%3Aword@127.0.0.1:" + closed.port() + "/");

        assertThat(show().service()).isEqualTo(DemoWorld.SERVICE);

        assertThat(closed.requestLines()).isNotEmpty().allMatch(line -> line.startsWith("CONNECT "));
    }

    @Test
    void overHttpTheProxyIsToldWithTheFirstRequestToo() {
        environment.put("OVH_ENDPOINT", named(sandbox.httpEndpoint()));
        environment.put("http_proxy", "jo:p%40ss%3Aword@127.0.0.1:" + closed.port());

        assertThat(show().service()).isEqualTo(DemoWorld.SERVICE);

        assertThat(closed.requestLines())
                .isNotEmpty()
                .allMatch(line -> line.startsWith("GET http://api.sandbox.test:"));
    }

    @ParameterizedTest
    @CsvSource({
        "https, jo:wrong@, refuses the name and the password in its URL, 1",
        "http, jo:wrong@, refuses the name and the password in its URL, 1",
        "https, '', asks for a name and a password, 1",
        "http, '', asks for a name and a password, 1"
    })
    void whatTheProxyRefusesIsSaidOfTheProxyAndTriedOnce(String scheme, String user, String said, int tries) {
        environment.put(
                "OVH_ENDPOINT", named(scheme.equals("http") ? sandbox.httpEndpoint() : sandbox.httpsEndpoint()));
        environment.put(scheme + "_proxy", "http://" + user + "127.0.0.1:" + closed.port());

        IplbException failure = catchThrowableOfType(IplbException.class, this::show);

        assertThat(failure.kind()).isEqualTo(FailureKind.CREDENTIALS);
        assertThat(failure)
                .hasMessageContaining("the proxy 127.0.0.1:" + closed.port() + " " + said)
                .hasMessageNotContaining("wrong");
        assertThat(closed.requestLines()).hasSize(tries);
        assertThat(sandbox.calls().all()).isEmpty();
    }

    @Test
    void whereNoProxyIsToBeUsedNoneIsAsked() {
        environment.put("OVH_ENDPOINT", sandbox.httpEndpoint().toString());
        environment.put("http_proxy", "http://127.0.0.1:" + open.port());

        show();

        assertThat(open.requestLines()).isEmpty();
    }

    @Test
    void aProxyThatDoesNotAnswerIsNamed() {
        open.close();
        environment.put("https_proxy", "http://127.0.0.1:" + open.port());

        assertThat(catchThrowableOfType(IplbException.class, this::show))
                .hasMessageContaining("no connection by way of the proxy 127.0.0.1:" + open.port());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socks5://secret@127.0.0.1:1080",
                "https://secret@proxy:443",
                "http://",
                "http://secret:%zz@proxy",
                "secret@@:"
            })
    void aProxyThatCannotBeMeantIsRefusedByTheNameOfItsVariable(String value) {
        environment.put("https_proxy", value);

        IplbException failure = catchThrowableOfType(IplbException.class, this::show);

        assertThat(failure.kind()).isEqualTo(FailureKind.USAGE);
        assertThat(failure)
                .hasMessageContaining("https_proxy")
                .hasMessageContaining("http://host:port")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ovh.com | eu.api.ovh.com | true",
                ".ovh.com | eu.api.ovh.com | true",
                "*.ovh.com | eu.api.ovh.com | true",
                ".ovh.com | ovh.com | true",
                "vh.com | eu.api.ovh.com | false",
                "api.ovh.com | ovh.com | false",
                "OVH.com. | EU.API.OVH.COM | true",
                "a.example, ovh.com | eu.api.ovh.com | true",
                "a.example ovh.com | eu.api.ovh.com | true",
                "* | eu.api.ovh.com | true",
                "ovh.com:443 | eu.api.ovh.com | true",
                "ovh.com:8443 | eu.api.ovh.com | false",
                "10.0.0.0/8 | 10.1.2.3 | true",
                "10.0.0.0/8 | 11.1.2.3 | false",
                "10.0.0.0/x | 10.1.2.3 | false",
                "10.1.2.3 | 10.1.2.3 | true",
                "1.2.3 | 10.1.2.3 | false",
                "2001:db8::/32 | [2001:db8::1] | true",
                "2001:db8::1 | [2001:DB8:0::1] | true",
                "[2001:db8::1]:443 | [2001:db8::1] | true",
                "'' | 127.0.0.2 | true",
                "'' | [::1] | true",
                "'' | localhost | true",
                "'' | eu.api.ovh.com | false",
                ", | eu.api.ovh.com | false"
            })
    void noProxyIsTakenAsCurlPythonAndGoTakeIt(String value, String host, boolean direct) {
        assertThat(new NoProxy(value).matches(host, 443)).isEqualTo(direct);
    }

    @Test
    void inACgiScriptAHeaderNamesNoProxy() {
        environment.put("REQUEST_METHOD", "GET");
        environment.put("HTTP_PROXY", "http://127.0.0.1:" + open.port());
        OkHttpClient client =
                EnvironmentProxies.in(new OkHttpClient.Builder(), environment).build();

        assertThat(client.proxySelector().select(URI.create("http://api.example/")))
                .isEqualTo(java.net.ProxySelector.getDefault().select(URI.create("http://api.example/")));
    }

    private static String named(URI endpoint) {
        return endpoint.toString().replace("localhost", "api.sandbox.test").replace("127.0.0.1", "api.sandbox.test");
    }

    private Report show() {
        Machine machine = new Machine(environment, directory, directory, Bench.LIMITS, clock, Timer::on);
        OkHttpClient client = trusting(EnvironmentProxies.in(new OkHttpClient.Builder(), environment));
        HttpClients http = new HttpClients() {
            @Override
            public OkHttpClient client(Endpoint endpoint) {
                return client;
            }

            @Override
            public OkHttpClient client() {
                return client;
            }
        };
        Invocation invocation = new Invocation(
                Map.of(), Optional.empty(), Duration.ofMinutes(1), false, Map.of(), status -> {}, CallObserver.NONE);
        return new SingleProcess(machine, http)
                .run(Catalogue.named("show").operation(Fields.none().with("service", DemoWorld.SERVICE)), invocation);
    }

    private OkHttpClient trusting(OkHttpClient.Builder client) {
        try (InputStream in = Files.newInputStream(sandbox.caFile())) {
            KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
            keys.load(null, null);
            keys.setCertificateEntry(
                    "sandbox", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(keys);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return client.sslSocketFactory(tls.getSocketFactory(), (X509TrustManager)
                            List.of(trust.getTrustManagers()).get(0))
                    .build();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
