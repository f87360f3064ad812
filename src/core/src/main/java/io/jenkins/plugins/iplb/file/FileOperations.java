package io.jenkins.plugins.iplb.file;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.iplb.operation.Arguments;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.DeploymentOperations;
import io.jenkins.plugins.iplb.operation.Group;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.operation.RecordOperations;
import io.jenkins.plugins.iplb.parameter.LiveList;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Value;
import io.jenkins.plugins.iplb.parameter.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What there is to do with a change file, as it is declared for forms and steps. It is not in the catalogue, by which
 * change files are read.
 */
public final class FileOperations {
    private static final Parameter SERVICE = Parameter.of("service", Values.SERVICE, "The load balancer")
            .from(LiveList.LOAD_BALANCERS)
            .needed();

    private static final Parameter FILE = Parameter.of(
            "file", Values.text("PATH", "the path of a change file"), "The change file, such as iplb.yaml");

    private static final Parameter CONTENT = Parameter.of(
            "content",
            Values.verbatim("YAML", "(?s).*\\S.*", "the text of a change file"),
            "The text of a change file");

    private static final Parameter PLAN =
            Parameter.of("plan", Values.text("JSON", "a plan as plan gives it"), "A plan that somebody has agreed to");

    private static final Parameter VALUES =
            Parameter.of("values", Values.ASSIGNMENTS, "What ${NAME} stands for in the file; default: the environment");

    private static final Parameter REFRESH =
            Parameter.of("refresh", Values.FLAG, "Make it live").preset(true);

    private static final Parameter PENDING_FOR =
            Parameter.of("pendingFor", Values.DURATION, "For how long changes may be pending");

    private static final Value ONE_ZONE = Values.matching("Z", "\\S+", "a zone of the load balancer");

    /** To say what would change. */
    public static final OperationType PLANNING = declared(
            "plan",
            "Says what would change for a load balancer to be what a change file says, and changes nothing.",
            List.of(FILE, CONTENT),
            List.of(VALUES));

    /** To make it so. */
    public static final OperationType APPLYING = declared(
            "apply",
            "Makes a load balancer what a change file says, or what a plan says, and makes it live.",
            List.of(FILE, CONTENT, PLAN),
            List.of(VALUES, REFRESH));

    /** The same for who carries out what stands in a file of this machine at once. */
    public static final OperationType CONFIGURING = declared(
            "apply",
            "Makes a load balancer what a change file says, and makes it live.",
            List.of(Parameter.of("file", Values.FILE, "The change file, such as iplb.yaml"), CONTENT),
            List.of(VALUES, REFRESH));

    /** To say what is not so, or not as records have left it where no file is given. */
    public static final OperationType DRIFTING = declared(
            "drift",
            "Says what is not as a change file says, or as builds have left it, and what is pending for too long; changes nothing.",
            Group.Count.AT_MOST_ONE,
            List.of(FILE, CONTENT),
            List.of(
                    VALUES,
                    PENDING_FOR,
                    Parameter.of("unstable", Values.FLAG, "Mark the build unstable when there is any drift")
                            .preset(false)));

    /** The same for who has a file of this machine, or a change record. */
    public static final OperationType LOOKING = declared(
            "drift",
            "Says what is not as a change file says, or as a change record has left it, and what is pending for too long; changes nothing.",
            List.of(
                    Parameter.of("file", Values.FILE, "A change file, such as iplb.yaml, or a change record"),
                    Parameter.of(
                            "content",
                            Values.verbatim("TEXT", "(?s).*\\S.*", "the text of a change file or of a change record"),
                            "The text of a change file, or of a change record")),
            List.of(VALUES, PENDING_FOR));

    /** To say what becomes of a request, without any load balancer. */
    public static final OperationType EXPLAINING = new OperationType(
            "explain",
            "Says what HAProxy makes of a request by what a change file says: which route, which farm, which server, and why.",
            null,
            false,
            List.of(
                    FILE,
                    CONTENT,
                    VALUES,
                    Parameter.of("about", Values.SERVICE, "The load balancer, where the file is about several"),
                    Parameter.of("request", Values.REQUEST, "The request, such as 'GET https://www.example.com/login'")
                            .needed(),
                    Parameter.of(
                            "headers",
                            Values.REQUEST_HEADERS,
                            "A header of the request, such as 'Cookie: env=preprod'"),
                    Parameter.of("source", Values.ANY_ADDRESS, "Where it comes from; default: 192.0.2.1"),
                    Parameter.of(
                            "over",
                            Values.oneOf("http/1.1", "http/2"),
                            "The HTTP that it is sent by; default: what is agreed on"),
                    Parameter.of("ip", Values.ANY_ADDRESS, "The additional IP that it is sent to"),
                    Parameter.of("zone", ONE_ZONE, "The zone; default: the first")),
            List.of(new Group(Group.Count.EXACTLY_ONE, List.of("file", "content"))),
            FileOperations::unread);

    private FileOperations() {}

    /** All of them. */
    public static List<OperationType> all() {
        return List.of(PLANNING, APPLYING, DRIFTING, EXPLAINING);
    }

    /** One of these, of those about records, of deployments, or of the catalogue. @throws java.util.NoSuchElementException for none */
    public static OperationType named(String name) {
        return all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .or(() -> RecordOperations.find(name))
                .or(() -> DeploymentOperations.find(name))
                .orElseGet(() -> Catalogue.named(name));
    }

    /**
     * What placeholders stand for, by name.
     *
     * @param assignments as {@link Values#ASSIGNMENTS} are checked; null for none
     * @param otherwise what counts for what is not among them
     */
    public static Function<String, Optional<String>> values(JsonNode assignments, Map<String, String> otherwise) {
        Map<String, String> values = new HashMap<>(otherwise);
        if (assignments != null) {
            assignments.forEach(each -> {
                String[] parts = each.asText().split("=", 2);
                values.put(parts[0], parts[1]);
            });
        }
        return name -> Optional.ofNullable(values.get(name));
    }

    private static OperationType declared(
            String name, String description, List<Parameter> sources, List<Parameter> others) {
        return declared(name, description, Group.Count.EXACTLY_ONE, sources, others);
    }

    private static OperationType declared(
            String name, String description, Group.Count count, List<Parameter> sources, List<Parameter> others) {
        return new OperationType(
                name,
                description,
                null,
                false,
                Stream.of(List.of(SERVICE), sources, others)
                        .flatMap(List::stream)
                        .toList(),
                List.of(new Group(count, sources.stream().map(Parameter::name).toList())),
                FileOperations::unread);
    }

    /** Who has read the file knows. */
    private static Operation unread(Arguments given) {
        throw new IllegalStateException("a change file is read where it is");
    }
}
