package io.jenkins.plugins.iplb.sandbox.world;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A certificate that clients are shown by the name they ask for.
 *
 * @param shown as the API answers it
 * @param pem it and its chain, the leaf first; null for one that the sandbox made up
 * @param key its private key, PKCS#8 in PEM; null for one that the sandbox made up
 */
public record Certificate(long id, ObjectNode shown, String pem, String key) {

    Certificate shown(ObjectNode other) {
        return new Certificate(id, other, pem, key);
    }

    /** Whether there is something to show. */
    @JsonIgnore
    public boolean isGiven() {
        return pem != null;
    }

    /** The name itself, or all names beside it by an asterisk. */
    public boolean isFor(String host) {
        String domain = host.substring(host.indexOf('.') + 1);
        return names().anyMatch(name -> name.equalsIgnoreCase(host) || name.equalsIgnoreCase("*." + domain));
    }

    /** Those that it is good for. */
    public Stream<String> names() {
        return StreamSupport.stream(shown.path("san").spliterator(), false).map(name -> name.asText());
    }
}
