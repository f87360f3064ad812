package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.EnsureFrontend;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.ovh.Fields;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "ensure-frontend",
        mixinStandardHelpOptions = true,
        description =
                "Makes sure that there is a frontend; what is not mentioned is left as it is, and none resets it.")
final class EnsureFrontendCommand extends OvhCommand {
    @Option(names = "--service", required = true, paramLabel = "S", description = "The load balancer.")
    private String service;

    @Option(names = "--protocol", required = true, paramLabel = "http|tcp|udp", description = "The kind of frontend.")
    private String protocol;

    @Option(names = "--port", required = true, paramLabel = "PORTS", description = "Such as 443, 6000-6010 or 80,443.")
    private String port;

    @Option(names = "--zone", required = true, paramLabel = "Z", description = "A zone of the load balancer, or all.")
    private String zone;

    @Option(
            names = "--name",
            paramLabel = "ID|NAME",
            description = "The frontend; made under this name when there is none. Default: the one at port and zone.")
    private String name;

    @Option(names = "--farm", paramLabel = "ID|NAME|none", description = "The default farm.")
    private String farm;

    @Option(names = "--ssl", negatable = true, description = "Whether it speaks TLS (http, tcp).")
    private Boolean ssl;

    @Option(
            names = "--ip",
            arity = "1..*",
            paramLabel = "IP|none",
            description = "Listen on this failover IP only; several may be given.")
    private List<String> ips;

    @Option(names = "--disabled", negatable = true, description = "Whether it is out of use.")
    private Boolean disabled;

    @Option(
            names = "--default-ssl",
            paramLabel = "ID|none",
            description = "The certificate for clients that name no other (http, tcp).")
    private String defaultSsl;

    @Option(
            names = "--allowed-source",
            arity = "1..*",
            paramLabel = "IP|none",
            description = "Serve these blocks only (http, tcp); several may be given.")
    private List<String> allowedSource;

    @Option(
            names = "--denied-source",
            arity = "1..*",
            paramLabel = "IP|none",
            description = "Do not serve these blocks (http, tcp); several may be given.")
    private List<String> deniedSource;

    @Option(names = "--hsts", negatable = true, description = "HTTP Strict Transport Security (http).")
    private Boolean hsts;

    @Option(
            names = "--http-header",
            paramLabel = "'NAME VALUE'|none",
            description = "Add this header, such as 'X-Ip-Header %%ci' (http); several may be given.")
    private List<String> httpHeader;

    @Option(names = "--redirect-location", paramLabel = "URL|none", description = "Send all clients there (http).")
    private String redirectLocation;

    @Override
    Operation operation() {
        Fields fields = GivenFields.none()
                .text("name", name)
                .text("farm", farm)
                .flag("ssl", ssl)
                .list("ips", ips)
                .flag("disabled", disabled)
                .number("defaultSslId", defaultSsl)
                .list("allowedSource", allowedSource)
                .list("deniedSource", deniedSource)
                .flag("hsts", hsts)
                .list("httpHeader", httpHeader)
                .text("redirectLocation", redirectLocation)
                .fields();
        EnsureFrontend change = new EnsureFrontend(
                service, Protocol.parse(protocol), fields.with("port", port).with("zone", zone));
        return Operation.of(change);
    }
}
