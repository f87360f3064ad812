#!/usr/bin/env bash
# okhttp-tls takes several times as long to hold an identity in memory as to make it, for a password that nobody uses.
#
# Expected: what `HandshakeCertificates` costs a test server is the key pair and the certificate that `HeldCertificate` makes;
# to hand both to an SSLContext costs next to nothing.
# Seen: it puts the key into a key store of Java's default kind, PKCS#12, and takes it out again. Each derives a key from the
# password in 10,000 rounds, so that holding an identity takes more than twice the time of making one. With one round, which a
# system property of Java's sets, it takes a small part of that.
# So: a suite that starts a server for each test builds its SSLContext from an X509ExtendedKeyManager of its own, or sets
# keystore.pkcs12.keyPbeIterationCount=1 for the tests.
. "$(dirname "$(readlink -f "$0")")/common.sh"

libraries com.squareup.okhttp3:okhttp-tls:5.3.2 com.squareup.okhttp3:okhttp-jvm:5.3.2

cat >Identity.java <<'EOF'
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import okhttp3.OkHttp;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

public final class Identity {
    public static void main(String[] args) {
        List<Long> made = new ArrayList<>();
        List<Long> held = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            long begin = System.nanoTime();
            HeldCertificate certificate = new HeldCertificate.Builder().commonName("localhost").build();
            long between = System.nanoTime();
            new HandshakeCertificates.Builder().heldCertificate(certificate).build().sslContext();
            made.add(between - begin);
            held.add(System.nanoTime() - between);
        }
        System.out.println("OkHttp " + OkHttp.VERSION);
        System.out.println(middle(held) > 2 * middle(made)
                ? "to hold it takes more than twice as long as to make it"
                : "to hold it takes no more than twice as long as to make it");
    }

    private static long middle(List<Long> times) {
        Collections.sort(times);
        return times.get(times.size() / 2);
    }
}
EOF

expect "$(java -cp 'libraries/*' Identity.java)
$(java -Dkeystore.pkcs12.keyPbeIterationCount=1 -cp 'libraries/*' Identity.java)" <<'EOF'
OkHttp 5.3.2
to hold it takes more than twice as long as to make it
OkHttp 5.3.2
to hold it takes no more than twice as long as to make it
EOF
