package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.ansible.spec.Constraint;
import io.jenkins.plugins.iplb.operation.Operation;
import java.util.List;

/** What the arguments of a module mean. */
public interface IplbModule {

    /** The module of that name, without the collection's. Only its own class is loaded: every call starts a process. */
    static IplbModule named(String name) {
        return switch (name) {
            case "iplb_check_http2" -> new CheckHttp2Module();
            case "iplb_farm" -> new FarmModule();
            case "iplb_failover" -> new FailoverModule();
            case "iplb_frontend" -> new FrontendModule();
            case "iplb_info" -> new InfoModule();
            case "iplb_refresh" -> new RefreshModule();
            case "iplb_route" -> new RouteModule();
            case "iplb_rule" -> new RuleModule();
            case "iplb_server" -> new ServerModule();
            default -> throw new IllegalArgumentException("no module: " + name);
        };
    }

    /** What its documentation has no words for. */
    default List<Constraint> constraints() {
        return List.of();
    }

    /**
     * The operation that these arguments ask for.
     *
     * @throws io.jenkins.plugins.iplb.failure.IplbException when they cannot be meant; nothing was sent
     */
    Operation operation(Arguments arguments);
}
