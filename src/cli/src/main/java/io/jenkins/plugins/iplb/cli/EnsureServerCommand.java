package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.EnsureServer;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "ensure-server",
        mixinStandardHelpOptions = true,
        description =
                "Makes sure that a farm has a server; what is not mentioned is left as it is, and none resets it.")
final class EnsureServerCommand extends OvhCommand {
    @Option(names = "--service", required = true, paramLabel = "S", description = "The load balancer.")
    private String service;

    @Option(names = "--protocol", required = true, paramLabel = "http|tcp|udp", description = "The kind of farm.")
    private String protocol;

    @Option(names = "--farm", required = true, paramLabel = "ID|NAME", description = "The farm.")
    private String farm;

    @Option(names = "--server", paramLabel = "ID|NAME", description = "The server, when its address does not tell it.")
    private String server;

    @Option(names = "--address", paramLabel = "IPv4", description = "Its address; a new server needs one.")
    private String address;

    @Option(names = "--port", paramLabel = "N|none", description = "none: the farm's.")
    private String port;

    @Option(names = "--name", paramLabel = "TEXT", description = "Its name.")
    private String name;

    @Option(names = "--status", paramLabel = "active|inactive", description = "A new server is active.")
    private String status;

    @Option(
            names = "--weight",
            paramLabel = "N|none",
            description = "0 to 256; 0 receives nothing, none is 1 (http, tcp).")
    private String weight;

    @Option(names = "--backup", negatable = true, description = "Only when no other server can (http, tcp).")
    private Boolean backup;

    @Option(names = "--probe", negatable = true, description = "Whether the farm's probe looks after it (http, tcp).")
    private Boolean probe;

    @Option(names = "--ssl", negatable = true, description = "Whether it is spoken to in TLS (http, tcp).")
    private Boolean ssl;

    @Option(
            names = "--proxy-protocol-version",
            paramLabel = "V|none",
            description = "v1, v2, v2-ssl or v2-ssl-cn (http, tcp).")
    private String proxyProtocolVersion;

    @Option(names = "--on-marked-down", paramLabel = "shutdown-sessions|none", description = "http, tcp.")
    private String onMarkedDown;

    @Option(names = "--cookie", paramLabel = "TEXT|none", description = "For stickiness by cookie (http).")
    private String cookie;

    @Override
    Operation operation() {
        Fields fields = GivenFields.none()
                .text("address", address)
                .number("port", port)
                .text("name", name)
                .text("status", status)
                .number("weight", weight)
                .flag("backup", backup)
                .flag("probe", probe)
                .flag("ssl", ssl)
                .text("proxyProtocolVersion", proxyProtocolVersion)
                .text("onMarkedDown", onMarkedDown)
                .text("cookie", cookie)
                .fields();
        EnsureServer change = new EnsureServer(
                service,
                Protocol.parse(protocol),
                Reference.parse("farm", farm),
                Optional.ofNullable(server).map(given -> Reference.parse("server", given)),
                fields);
        return Operation.of(change);
    }
}
