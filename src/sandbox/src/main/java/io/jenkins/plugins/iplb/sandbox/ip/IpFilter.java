package io.jenkins.plugins.iplb.sandbox.ip;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.sandbox.http.ApiCall;
import io.jenkins.plugins.iplb.sandbox.schema.IpBlocks;
import io.jenkins.plugins.iplb.sandbox.schema.Types;
import io.jenkins.plugins.iplb.sandbox.world.FailoverIp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** The query of {@code GET /ip}. */
record IpFilter(List<Predicate<FailoverIp>> conditions) implements Predicate<FailoverIp> {
    static final String TYPE = "failover";

    static IpFilter from(ApiCall call) {
        List<Predicate<FailoverIp>> conditions = new ArrayList<>();
        call.request().query("ip").ifPresent(block -> {
            Types.ipBlock().accept("ip", TextNode.valueOf(block));
            conditions.add(ip -> ip.block().equals(IpBlocks.canonical(block)));
        });
        call.request().query("type").ifPresent(type -> {
            Types.oneOf(
                            "cdn",
                            "cloud",
                            "dedicated",
                            "failover",
                            "hosted_ssl",
                            "housing",
                            "loadBalancing",
                            "mail",
                            "overthebox",
                            "pcc",
                            "pci",
                            "private",
                            "vpn",
                            "vps",
                            "vrack",
                            "xdsl")
                    .accept("type", TextNode.valueOf(type));
            conditions.add(ip -> type.equals(TYPE));
        });
        call.request().query("isAdditionalIp").ifPresent(wanted -> {
            Types.oneOf("true", "false").accept("isAdditionalIp", TextNode.valueOf(wanted));
            conditions.add(ip -> wanted.equals("true"));
        });
        call.request().query("version").ifPresent(wanted -> {
            Types.oneOf("4", "6").accept("version", TextNode.valueOf(wanted));
            conditions.add(ip -> wanted.equals(Integer.toString(version(ip))));
        });
        equal(conditions, call, "routedTo.serviceName", ip -> ip.routedTo().orElse(""));
        equal(conditions, call, "description", ip -> ip.description().orElse(""));
        equal(conditions, call, "campus", ip -> "");
        return new IpFilter(conditions);
    }

    @Override
    public boolean test(FailoverIp ip) {
        return conditions.stream().allMatch(condition -> condition.test(ip));
    }

    static int version(FailoverIp ip) {
        return ip.block().contains(":") ? 6 : 4;
    }

    private static void equal(
            List<Predicate<FailoverIp>> conditions, ApiCall call, String name, Function<FailoverIp, String> field) {
        call.request()
                .query(name)
                .ifPresent(wanted -> conditions.add(ip -> field.apply(ip).equals(wanted)));
    }
}
