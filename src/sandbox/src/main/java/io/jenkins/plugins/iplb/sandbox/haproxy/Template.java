package io.jenkins.plugins.iplb.sandbox.haproxy;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** OVH's two ways to put something of the request into a text, as HAProxy's log format. */
final class Template {
    static final String ARGUMENTS = "${arguments}";

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");

    /** As the guide to routes has them; {@code uri} is of the schema alone, and taken for path and arguments. */
    private static final Map<String, String> VARIABLES = Map.of(
            "protocol", "%[ssl_fc,iif(https,http)]",
            "domain", "%[req.hdr(host),host_only]",
            "host", "%[req.hdr(host)]",
            "port", "%[dst_port]",
            "path", "%[path]",
            "arguments", "%[var(txn.arguments)]",
            "uri", "%[pathq]");

    private Template() {}

    /** A target of a redirection; a variable that OVH does not have stays as it is. */
    static String redirect(String target) {
        Matcher variable = VARIABLE.matcher(target.replace("%", "%%"));
        return variable.replaceAll(
                found -> Matcher.quoteReplacement(VARIABLES.getOrDefault(found.group(1), found.group())));
    }

    /** The value of a header: {@code %ci} and {@code %cp} are OVH's, which has them of HAProxy; all else is text. */
    static String header(String value) {
        return value.replace("%", "%%").replaceAll("%%(ci|cp)", "%$1");
    }
}
