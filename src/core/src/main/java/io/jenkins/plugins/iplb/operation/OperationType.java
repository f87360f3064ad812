package io.jenkins.plugins.iplb.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import io.jenkins.plugins.iplb.api.MetricsToken;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.change.Change;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.operation.Group.Count;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.parameter.Attributes;
import io.jenkins.plugins.iplb.parameter.LiveList;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.parameter.Value;
import io.jenkins.plugins.iplb.parameter.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * An operation as it is declared: what it is called, what it takes and what it means.
 *
 * @param name as records and the command line have it
 * @param description in one sentence
 * @param object the kind of object that it is about; null when its parameters are the same for all protocols
 * @param isChange whether it makes a wish true
 * @param parameters in the order in which a person fills them in
 * @param meaning what is to be done
 */
public record OperationType(
        String name,
        String description,
        String object,
        boolean isChange,
        List<Parameter> parameters,
        List<Group> groups,
        Function<Arguments, Operation> meaning) {
    static final String SERVICE = "service";
    static final String PROTOCOL = "protocol";

    // ---- how it is declared

    static OperationType of(String name, String description) {
        return new OperationType(name, description, null, false, List.of(), List.of(), null);
    }

    /** It concerns a load balancer. */
    OperationType onService() {
        return needs(Parameter.of(SERVICE, Values.SERVICE, "The load balancer").from(LiveList.LOAD_BALANCERS));
    }

    /** It concerns an object of a load balancer, of one of these protocols. */
    OperationType on(String kind, Protocol... protocols) {
        Parameter protocol = Parameter.of(PROTOCOL, Values.oneOf(protocols), "The kind of " + kind);
        return new OperationType(name, description, kind, isChange, parameters, groups, meaning)
                .onService()
                .needs(protocol);
    }

    OperationType takes(Parameter... more) {
        return with(Arrays.stream(more));
    }

    OperationType takes(Attributes more) {
        return with(more.parameters().stream());
    }

    OperationType needs(Parameter... more) {
        return with(Arrays.stream(more).map(Parameter::needed));
    }

    OperationType takesOne(Parameter... more) {
        return takes(more).group(Count.EXACTLY_ONE, Arrays.stream(more).map(Parameter::name));
    }

    OperationType atLeastOne(String... names) {
        return group(Count.AT_LEAST_ONE, Stream.of(names));
    }

    OperationType atMostOne(String... names) {
        return group(Count.AT_MOST_ONE, Stream.of(names));
    }

    OperationType means(Function<Arguments, Operation> what) {
        return new OperationType(name, description, object, isChange, parameters, groups, what);
    }

    /** It makes a wish true. */
    OperationType wishes(Function<Arguments, Change> what) {
        return new OperationType(
                name, description, object, true, parameters, groups, given -> Operation.of(what.apply(given)));
    }

    /** It makes several wishes true. */
    OperationType changes(Function<Arguments, Operation> what) {
        return new OperationType(name, description, object, true, parameters, groups, what);
    }

    private OperationType with(Stream<Parameter> more) {
        List<Parameter> all = Stream.concat(parameters.stream(), more).toList();
        return new OperationType(name, description, object, isChange, all, groups, meaning);
    }

    private OperationType group(Count count, Stream<String> names) {
        List<Group> all = Stream.concat(groups.stream(), Stream.of(new Group(count, names.toList())))
                .toList();
        return new OperationType(name, description, object, isChange, parameters, all, meaning);
    }

    // ---- what it is good for

    /** Whether it answers with a secret: a face hands that out where it can be kept, and nowhere else. */
    public boolean answersSecret() {
        return name.equals(MetricsToken.OPERATION);
    }

    /** @throws NoSuchElementException when it has none of that name */
    public Parameter parameter(String parameter) {
        return find(parameter).orElseThrow(() -> new NoSuchElementException(name + " has no parameter " + parameter));
    }

    /** The protocols to choose from, the usual one first; empty when that does not depend on one. */
    public List<Protocol> protocolChoices() {
        return find(PROTOCOL).stream()
                .flatMap(each -> each.value().choices().stream())
                .map(Protocol::parse)
                .toList();
    }

    /** The parameters of one protocol, with the values that it has. */
    public List<Parameter> parameters(Protocol protocol) {
        return parameters.stream()
                .filter(each -> each.protocols().contains(protocol))
                .map(each -> each.on(protocol))
                .toList();
    }

    /** Those in which there is something to do; empty when that does not depend on one. */
    public Set<Protocol> protocols() {
        return Set.copyOf(protocolChoices());
    }

    /**
     * The operation with these arguments.
     *
     * @param given by the names of the parameters; null and {@code none} reset what can be reset
     * @throws InvalidInput for arguments that cannot be meant
     */
    public Operation operation(Fields given) {
        return meaning.apply(check(given));
    }

    /** The arguments as they are meant. @throws InvalidInput for what cannot be meant */
    public Arguments check(Fields given) {
        refuseUnknown(given);
        Fields checked = Fields.none();
        for (Parameter each : parameters) {
            JsonNode value = given.get(each.name());
            if (value != null) {
                checked = checked.with(each.name(), said(each, check(each, value, protocol(checked))));
            } else if (each.isNeeded()) {
                throw each.missing();
            } else {
                checked = checked.withPresent(each.name(), each.preset().map(BooleanNode::valueOf));
            }
        }
        Arguments arguments = new Arguments(checked);
        groups.forEach(group -> group.check(arguments));
        return arguments;
    }

    /** Nothing, such as an empty list, is not what is needed. */
    private static JsonNode said(Parameter parameter, JsonNode meant) {
        if (parameter.isNeeded() && !parameter.canBeReset() && meant.isNull()) {
            throw parameter.missing();
        }
        return meant;
    }

    private void refuseUnknown(Fields given) {
        for (Map.Entry<String, JsonNode> each : given.json().properties()) {
            if (find(each.getKey()).isEmpty()) {
                throw Parameter.unknown(each.getKey(), each.getValue(), name, parameters);
            }
        }
    }

    /** The protocol comes before what depends on it. */
    private static Optional<Protocol> protocol(Fields checked) {
        return Optional.ofNullable(checked.get(PROTOCOL)).map(code -> Protocol.parse(code.textValue()));
    }

    /**
     * What is meant by one argument, where not all of them are known yet.
     *
     * @param parameter one of its own
     * @param protocol empty when the operation has none, or it is not known
     * @throws InvalidInput for what cannot be meant
     */
    public JsonNode check(Parameter parameter, JsonNode given, Optional<Protocol> protocol) {
        if (protocol.isEmpty()) {
            return parameter.check(given);
        }
        String code = protocol.get().code();
        if (!parameter.protocols().contains(protocol.get())) {
            throw Value.refusal(
                    parameter.name(), given, "nothing: %s %ss have no %%s".formatted(code, object), parameter.name());
        }
        return parameter.on(protocol.get()).check(given);
    }

    /** Empty when it has none of that name. */
    public Optional<Parameter> find(String parameter) {
        return parameters.stream().filter(each -> each.name().equals(parameter)).findFirst();
    }
}
