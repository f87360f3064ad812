package io.jenkins.plugins.iplb.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A block of IPv4 addresses, always with its length: {@code 203.0.113.7/32}. */
public record IpBlock(@JsonValue String cidr) {
    /** What {@link #parse} takes. */
    public static final String BLOCK = "an IPv4 address such as 203.0.113.7, or a block such as 203.0.113.0/28";

    /** What {@link #parseAddress} takes. */
    public static final String ADDRESS = "an IPv4 address such as 192.0.2.11";

    /** Without leading zeros, which some read as octal. */
    private static final String NUMBER = "(0|[1-9]\\d{0,2})";

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
