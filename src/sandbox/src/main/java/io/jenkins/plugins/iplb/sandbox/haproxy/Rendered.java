package io.jenkins.plugins.iplb.sandbox.haproxy;

import io.jenkins.plugins.iplb.sandbox.world.Item;
import java.util.List;
import java.util.Map;

/**
 * A configuration.
 *
 * @param files by name, what is to be in the site's folder; the certificates among them have their private keys
 * @param listeners where it listens
 * @param remarks what could not be said in it, or will not do what its author may think
 */
public record Rendered(Map<String, String> files, List<Listener> listeners, List<String> remarks) {
    /** The file that HAProxy starts with; the others are named in it. */
    public static final String MAIN = "haproxy.cfg";

    /** The socket at which HAProxy tells what it has counted. */
    public static final String STATISTICS = "stats.sock";

    /** A frontend on an address. */
    public record Listener(Item frontend, Site.Listen at, List<Ports> ports) {
        /** @param port as it is on this machine */
        public boolean takes(Site.Listen address, int port) {
            return at.equals(address)
                    && ports.stream().anyMatch(range -> range.first() <= port && port <= range.last());
        }
    }

    /** One port or several in a row, as they are on this machine. */
    public record Ports(int first, int last) {
        boolean overlaps(Ports other) {
            return first <= other.last && other.first <= last;
        }

        @Override
        public String toString() {
            return first == last ? Integer.toString(first) : first + "-" + last;
        }
    }

    /** The configuration itself. */
    public String text() {
        return files.get(MAIN);
    }

    @Override
    public String toString() {
        return text();
    }
}
