package io.jenkins.plugins.iplb.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A block of addresses, always with its length: {@code 203.0.113.7/32}; of IPv6 only where it is moved as a whole. */
public record IpBlock(@JsonValue String cidr) {
    /** What {@link #parse} takes. */
    public static final String BLOCK = "an IPv4 address such as 203.0.113.7, or a block such as 203.0.113.0/28";

    /** What {@link #parseAny} takes. */
    public static final String ANY = BLOCK + ", or an IPv6 block such as 2001:db8:0:100::/56";

    /** What {@link #parseAddress} takes. */
    public static final String ADDRESS = "an IPv4 address such as 192.0.2.11";

    /** What {@link #parseAnyAddress} takes. */
    public static final String ANY_ADDRESS = "an address such as 192.0.2.11 or 2001:db8::1";

    /** Without leading zeros, which some read as octal. */
    private static final String NUMBER = "(0|[1-9]\\d{0,2})";

    private static final Pattern IPV6 = Pattern.compile("([0-9a-f:.]*:[0-9a-f:.]*)(?:/" + NUMBER + ")?");

    private static final Pattern CIDR =
            Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:/" + NUMBER + ")?");

    /**
     * @param text an IPv4 address, alone or with a length
     * @throws InvalidInput naming the parameter, for IPv6 too: load balancers take IPv4 only here
     */
    public static IpBlock parse(String parameter, String text) {
        return of(text, 32).orElseThrow(() -> new InvalidInput(parameter, text, BLOCK));
    }

    /**
     * A block of either kind, which OVH moves.
     *
     * @param text as {@link #parse} takes it, or an IPv6 address, alone or with a length
     * @throws InvalidInput naming the parameter
     */
    public static IpBlock parseAny(String parameter, String text) {
        return of(text, 32).or(() -> ofIpv6(text)).orElseThrow(() -> new InvalidInput(parameter, text, ANY));
    }

    /** As it is written: OVH knows a block by its text. */
    private static Optional<IpBlock> ofIpv6(String text) {
        Matcher match = IPV6.matcher(text == null ? "" : text.strip().toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            return Optional.empty();
        }
        String length = match.group(2) == null ? "128" : match.group(2);
        try {
            // No name is looked up: what has a colon is an address or nothing.
            InetAddress.getByName(match.group(1));
            return Integer.parseInt(length) > 128
                    ? Optional.empty()
                    : Optional.of(new IpBlock(match.group(1) + "/" + length));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /**
     * One address, which servers have.
     *
     * @return it without a length
     * @throws InvalidInput naming the parameter, for IPv6 and for blocks too
     */
    public static String parseAddress(String parameter, String text) {
        return of(text, -1)
                .map(block -> block.cidr().replace("/32", ""))
                .orElseThrow(() -> new InvalidInput(parameter, text, ADDRESS));
    }

    /** The same, and one address of IPv6. */
    public static String parseAnyAddress(String parameter, String text) {
        return of(text, -1)
                .or(() -> ofIpv6(text).filter(block -> block.cidr().endsWith("/128") && !text.contains("/")))
                .map(block -> block.cidr().replaceFirst("/(32|128)$", ""))
                .orElseThrow(() -> new InvalidInput(parameter, text, ANY_ADDRESS));
    }

    /** @param longest the largest length that may be given; negative when none may */
    private static Optional<IpBlock> of(String text, int longest) {
        Matcher match = CIDR.matcher(text == null ? "" : text.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        for (int group = 1; group <= 4; group++) {
            if (Integer.parseInt(match.group(group)) > 255) {
                return Optional.empty();
            }
        }
        String length = match.group(5);
        if (length == null) {
            return Optional.of(new IpBlock(match.group() + "/32"));
        }
        return Integer.parseInt(length) > longest ? Optional.empty() : Optional.of(new IpBlock(match.group()));
    }

    @JsonCreator
    static IpBlock of(String cidr) {
        return new IpBlock(cidr);
    }

    @Override
    public String toString() {
        return cidr;
    }
}
