package io.jenkins.plugins.iplb.check;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to connect instead of the host and port of a URL. Only the TCP connection goes there: SNI, the {@code Host}
 * header and the name in the certificate stay those of the URL. With it a service is checked before DNS names it.
 *
 * @param host a name or an address, an IPv6 one without brackets
 * @param port 1 to 65535
 */
public record ConnectTo(String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("(?:\\[(?<ipv6>[0-9a-fA-F:.]+)]|(?<name>[A-Za-z0-9._-]+)):(?<port>[0-9]{1,5})");

    public ConnectTo {
        if (port < 1 || port > 65535) {
            throw new InvalidInput("connectTo", host + ":" + port, "a port between 1 and 65535");
        }
    }

    /**
     * Reads {@code HOST:PORT} or {@code [IPV6]:PORT}.
     *
     * @throws InvalidInput for {@code connectTo}
     */
    public static ConnectTo parse(String text) {
        Matcher matcher = FORM.matcher(text == null ? "" : text.strip());
        if (!matcher.matches()) {
            throw new InvalidInput("connectTo", text, "HOST:PORT, such as 203.0.113.7:443 or [2001:db8::7]:443");
        }
        String host = matcher.group("ipv6") == null ? matcher.group("name") : matcher.group("ipv6");
        return new ConnectTo(host, Integer.parseInt(matcher.group("port")));
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
