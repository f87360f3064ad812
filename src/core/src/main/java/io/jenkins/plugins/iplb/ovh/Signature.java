package io.jenkins.plugins.iplb.ovh;

import io.jenkins.plugins.iplb.ovh.Credentials.ApplicationKeys;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The signature of one request, over exactly the bytes that go out. */
final class Signature {
    private Signature() {}

    /**
     * @param url the complete encoded URL as it stands on the wire, query string included
     * @param body the bytes of the body, empty when there is none
     * @param timestamp seconds since 1970 by OVH's clock
     */
    static String of(ApplicationKeys keys, String method, String url, byte[] body, long timestamp) {
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        String head = String.join("+", keys.applicationSecret(), keys.consumerKey(), method, url) + "+";
        signed.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        signed.writeBytes(body);
        signed.writeBytes(("+" + timestamp).getBytes(StandardCharsets.US_ASCII));
        return "$1$" + Digests.sha1(signed.toByteArray());
    }
}
