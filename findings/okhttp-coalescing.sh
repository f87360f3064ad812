#!/usr/bin/env bash
# Over HTTP/2 a client sends the requests for one name on the connection of another: a route by `sni` does not see them.
#
# Expected: behind a TCP frontend whose routes look at SNI, every name reaches its own farm, over HTTP/2 as over HTTP/1.1.
# Seen: OkHttp has a connection to shop.example and finds that pay.example has the same address and is in the same
# certificate. It opens no second one: the request for pay.example reaches the farm of shop.example. Over HTTP/1.1 it does not.
# So: who turns HTTP/2 on behind `sni` routes needs a certificate of its own for each farm, or farms that know all names
# and answer 421 for those that are not theirs.
. "$(dirname "$(readlink -f "$0")")/common.sh"

debian haproxy liblua5.3-0 libopentracing-c-wrapper0 libopentracing1
certificate both DNS:shop.example,DNS:pay.example

libraries com.squareup.okhttp3:okhttp-jvm:5.3.2

cat >haproxy.cfg <<EOF
$defaults
frontend tls
  mode tcp
  bind 127.0.0.1:18085
  tcp-request inspect-delay 5s
  tcp-request content accept if { req.ssl_hello_type 1 }
  use_backend pay if { req.ssl_sni pay.example }
  default_backend shop
backend shop
  mode tcp
  server one 127.0.0.1:18086
backend pay
  mode tcp
  server one 127.0.0.1:18087
frontend server-of-shop
  mode http
  bind 127.0.0.1:18086 ssl crt $work/both.pem alpn h2,http/1.1
  http-request return status 200 content-type text/plain string "the farm of shop.example"
frontend server-of-pay
  mode http
  bind 127.0.0.1:18087 ssl crt $work/both.pem alpn h2,http/1.1
  http-request return status 200 content-type text/plain string "the farm of pay.example"
EOF
start_haproxy haproxy.cfg 18087

cat >Client.java <<'EOF'
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttp;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

public final class Client {
    public static void main(String[] args) throws Exception {
        KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
        known.load(null, null);
        try (InputStream file = Files.newInputStream(Path.of("both.crt"))) {
            known.setCertificateEntry("both", CertificateFactory.getInstance("X.509").generateCertificate(file));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
        System.out.println("OkHttp " + OkHttp.VERSION);
        for (List<Protocol> protocols :
                List.of(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1), List.of(Protocol.HTTP_1_1))) {
            OkHttpClient client = new OkHttpClient.Builder()
                    .sslSocketFactory(tls.getSocketFactory(), (X509TrustManager) trust.getTrustManagers()[0])
                    .dns(name -> List.of(InetAddress.getByAddress(name, new byte[] {127, 0, 0, 1})))
                    .protocols(protocols)
                    .build();
            for (String name : List.of("shop.example", "pay.example")) {
                Request request = new Request.Builder().url("https://" + name + ":18085/").build();
                try (Response response = client.newCall(request).execute()) {
                    System.out.println(response.protocol() + " to " + name + ": " + response.body().string());
                }
            }
        }
        System.exit(0);
    }
}
EOF

expect "$(java -cp 'libraries/*' Client.java)" <<'EOF'
OkHttp 5.3.2
h2 to shop.example: the farm of shop.example
h2 to pay.example: the farm of shop.example
http/1.1 to shop.example: the farm of shop.example
http/1.1 to pay.example: the farm of pay.example
EOF
