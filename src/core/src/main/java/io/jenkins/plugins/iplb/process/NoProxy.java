package io.jenkins.plugins.iplb.process;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;

/**
 * What {@code no_proxy} says, with commas or blanks between: {@code *} for all hosts, a name for that host and all below
 * it (with or without a dot or {@code *.} in front), an address, a block of addresses ({@code 10.0.0.0/8}), each but a
 * block with a port behind it or not. This machine itself is never reached by way of a proxy, as in Go.
 */
final class NoProxy {
    private final String[] entries;

    NoProxy(String value) {
        entries = value.toLowerCase(Locale.ROOT).split("[,\\s]+");
    }

    boolean matches(String given, int port) {
        String host = plain(given.toLowerCase(Locale.ROOT));
        InetAddress address = address(host);
        boolean here = host.equals("localhost") || host.endsWith(".localhost");
        return here
                || address != null && address.isLoopbackAddress()
                || Arrays.stream(entries)
                        .filter(entry -> !entry.isEmpty())
                        .anyMatch(entry -> matches(entry, host, address, port));
    }

    private static boolean matches(String entry, String host, InetAddress address, int port) {
        if (entry.equals("*")) {
            return true;
        }
        if (entry.contains("/")) {
            return address != null && holds(entry, address);
        }
        int colon = entry.lastIndexOf(':');
        // An address of IPv6 has more colons than one, unless it is in brackets.
        boolean hasPort = colon >= 0 && (colon == entry.indexOf(':') || entry.charAt(colon - 1) == ']');
        if (hasPort && !entry.substring(colon + 1).equals(Integer.toString(port))) {
            return false;
        }
        String meant = plain(hasPort ? entry.substring(0, colon) : entry);
        if (address != null) {
            return address.equals(address(meant));
        }
        String name = meant.replaceFirst("^\\*?\\.", "");
        return !name.isEmpty() && (host.equals(name) || host.endsWith("." + name));
    }

    private static boolean holds(String block, InetAddress address) {
        int slash = block.indexOf('/');
        InetAddress first = address(block.substring(0, slash));
        if (first == null
                || first.getAddress().length != address.getAddress().length
                || !block.substring(slash + 1).matches("\\d{1,3}")) {
            return false;
        }
        int bits = address.getAddress().length * 8;
        int rest = Math.max(0, bits - Integer.parseInt(block.substring(slash + 1)));
        return number(first).shiftRight(rest).equals(number(address).shiftRight(rest));
    }

    private static BigInteger number(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    private static String plain(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return bare.endsWith(".") ? bare.substring(0, bare.length() - 1) : bare;
    }

    /** Null for a name: no name is looked up. */
    private static InetAddress address(String host) {
        if (!host.matches("\\d+(\\.\\d+){3}|[0-9a-f:.]*:[0-9a-f:.]*")) {
            return null;
        }
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
