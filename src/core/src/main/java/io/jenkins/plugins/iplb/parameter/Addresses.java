package io.jenkins.plugins.iplb.parameter;

import io.jenkins.plugins.iplb.api.IpBlock;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists of addresses are sets to OVH: order and repetition mean nothing, and a bare address is a block of one. */
public final class Addresses {
    private Addresses() {}

    public static boolean same(Collection<String> there, Collection<IpBlock> wanted) {
        return normal(there).equals(wanted.stream().map(IpBlock::cidr).collect(Collectors.toSet()));
    }

    private static Set<String> normal(Collection<String> cidrs) {
        return cidrs.stream().map(Addresses::block).collect(Collectors.toSet());
    }

    static String block(String cidr) {
        return cidr.contains("/") ? cidr : cidr + "/32";
    }
}
