package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.api.Named;
import io.jenkins.plugins.iplb.api.Rule;
import io.jenkins.plugins.iplb.api.Server;
import io.jenkins.plugins.iplb.ovh.ApiCall;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.parameter.RuleSpec;
import io.jenkins.plugins.iplb.record.Kind;
import io.jenkins.plugins.iplb.record.Subject;
import java.util.OptionalLong;

/** What plans are about, as people call it. */
final class Subjects {
    private Subjects() {}

    /** An object that is there. */
    static Subject of(Kind kind, Named object) {
        return Subject.of(kind, name(object), object.isThere() ? object.id() : null);
    }

    /** An object that is not there, or of which nothing is known but what it was called by. */
    static Subject of(Kind kind, Reference reference) {
        OptionalLong id = reference.id();
        return id.isPresent() ? Subject.of(kind, null, id.getAsLong()) : Subject.of(kind, reference.text());
    }

    /** An object as it is called in a sentence. @param post what makes one of its kind */
    static String said(ApiCall post, Named object) {
        String list = post.path().get(post.path().size() - 1);
        String kind = list.equals("ssl") ? "certificate" : list;
        String name = name(object);
        return name == null ? "the same " + kind : "%s '%s'".formatted(kind, name);
    }

    private static String name(Named object) {
        if (object.displayName() != null) {
            return object.displayName();
        }
        if (object instanceof Server server) {
            return address(server.address(), server.port());
        }
        return object instanceof Rule rule ? RuleSpec.of(rule).toString() : null;
    }

    /** A server by its name, or else its address, and its id. */
    static String shown(Server server) {
        return "%s (%d)".formatted(name(server), server.id());
    }

    /** Where a server is. @param port null when it takes the farm's */
    static String address(String address, Integer port) {
        return port == null ? address : address + ":" + port;
    }

    /** A block as people write it: one address without its length. */
    static String address(String block) {
        return block.endsWith("/32") ? block.substring(0, block.length() - "/32".length()) : block;
    }
}
