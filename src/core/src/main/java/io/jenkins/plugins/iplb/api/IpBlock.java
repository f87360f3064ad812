package io.jenkins.plugins.iplb.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A block of IPv4 addresses, always with its length: {@code 203.0.113.7/32}. */
public record IpBlock(@JsonValue String cidr) {
    /** Without leading zeros, which some read as octal. */
    private static final String NUMBER = "(0|[1-9]\\d{0,2})";

    private static final Pattern CIDR =
            Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:/" + NUMBER + ")?");

    /**
     * @param text an IPv4 address, alone or with a length
     * @throws InvalidInput naming the parameter, for IPv6 too: load balancers take IPv4 only here
     */
    public static IpBlock parse(String parameter, String text) {
        Matcher match = CIDR.matcher(text == null ? "" : text.strip());
        if (!match.matches()) {
            throw invalid(parameter, text);
        }
        for (int group = 1; group <= 4; group++) {
            if (Integer.parseInt(match.group(group)) > 255) {
                throw invalid(parameter, text);
            }
        }
        String length = match.group(5);
        if (length == null) {
            return new IpBlock(match.group() + "/32");
        }
        if (Integer.parseInt(length) > 32) {
            throw invalid(parameter, text);
        }
        return new IpBlock(match.group());
    }

    @JsonCreator
    static IpBlock of(String cidr) {
        return new IpBlock(cidr);
    }

    @Override
    public String toString() {
        return cidr;
    }

    private static InvalidInput invalid(String parameter, String text) {
        return new InvalidInput(
                parameter, text, "an IPv4 address such as 203.0.113.7, or a block such as 203.0.113.0/28");
    }
}
