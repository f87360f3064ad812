package io.jenkins.plugins.iplb.file;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A change file: the wanted state of load balancers, in part or whole, one in each document of YAML 1.2. It is read by
 * the catalogue of operations, so that it takes what every other face takes, with the same messages.
 *
 * @param secrets the names that stand for secrets in it
 */
public record ChangeFile(List<WantedState> loadBalancers, Set<String> secrets) {

    /**
     * @param name what messages call the file
     * @param text what is in it
     * @param values what {@code ${NAME}} stands for
     * @throws BadFile for what cannot be meant: all of it at once, in the order of the file
     */
    public static ChangeFile read(String name, String text, Function<String, Optional<String>> values) {
        return read(name, text, values, UnaryOperator.identity());
    }

    /** The same, where load balancers have names of their own. @param services what OVH calls the one of a name */
    public static ChangeFile read(
            String name, String text, Function<String, Optional<String>> values, UnaryOperator<String> services) {
        Mistakes mistakes = new Mistakes();
        List<YamlNode> documents = new Composer(name, new Placeholders(values), mistakes).documents(text);
        Set<String> secrets = new HashSet<>();
        List<WantedState> states = documents.stream()
                .map(document -> new StateReader(mistakes, services, secrets).read(document))
                .toList();
        if (documents.isEmpty()) {
            mistakes.at(new Place(name, 1, 1), "nothing stands here: a change file names a loadBalancer");
        }
        mistakes.refuse();
        return new ChangeFile(states, Set.copyOf(secrets));
    }

    /** What it wants of one load balancer. @throws InvalidInput unless one document is about that */
    public WantedState of(String service) {
        List<WantedState> meant = loadBalancers.stream()
                .filter(state -> state.service().equals(service))
                .toList();
        if (meant.size() != 1) {
            String others = loadBalancers.stream().map(WantedState::service).collect(Collectors.joining(", "));
            throw new InvalidInput(
                    StateReader.LOAD_BALANCER,
                    service,
                    meant.isEmpty()
                            ? "what the change file is about: " + others
                            : "one that a single document of the change file is about: " + others);
        }
        return meant.get(0);
    }
}
