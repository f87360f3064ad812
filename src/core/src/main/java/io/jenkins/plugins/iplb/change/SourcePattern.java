package io.jenkins.plugins.iplb.change;

import io.jenkins.plugins.iplb.api.IpBlock;

/** The pattern of a rule on the source address: one IPv4 block, or a list of them. */
final class SourcePattern {
    private SourcePattern() {}

    static void check(String pattern, boolean list) {
        String[] blocks = list ? pattern.split(",", -1) : new String[] {pattern};
        for (String block : blocks) {
            IpBlock.parse("pattern", block);
        }
    }
}
