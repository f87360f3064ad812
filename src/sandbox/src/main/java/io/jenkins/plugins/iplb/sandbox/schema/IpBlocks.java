package io.jenkins.plugins.iplb.sandbox.schema;

import java.util.regex.Pattern;

/** Addresses and blocks of addresses, as text. */
public final class IpBlocks {
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9a-fA-F:.]{2,45}");

    private IpBlocks() {}

    public static boolean isIpv4(String text) {
        return IPV4.matcher(text).matches();
    }

    /** A bare address counts as a block of one. */
    public static boolean isBlock(String text) {
        String[] parts = text.split("/", -1);
        boolean v4 = isIpv4(parts[0]);
        if (parts.length > 2 || !v4 && !IPV6.matcher(parts[0]).matches()) {
            return false;
        }
        return parts.length == 1 || parts[1].matches("[0-9]{1,3}") && Integer.parseInt(parts[1]) <= (v4 ? 32 : 128);
    }

    /** The block with its length: {@code 203.0.113.7} is {@code 203.0.113.7/32}. */
    public static String canonical(String block) {
        if (block.contains("/")) {
            return block;
        }
        return block + (block.contains(":") ? "/128" : "/32");
    }
}
