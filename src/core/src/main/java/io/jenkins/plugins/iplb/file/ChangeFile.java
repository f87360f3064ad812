package io.jenkins.plugins.iplb.file;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A change file: the wanted state of load balancers, in part or whole, one in each document of YAML 1.2. It is read by
 * the catalogue of operations, so that it takes what every other face takes, with the same messages.
 */
public record ChangeFile(List<WantedState> loadBalancers) {

    /**
     * @param name what messages call the file
     * @param text what is in it
     * @param values what {@code ${NAME}} stands for
     * @throws BadFile for what cannot be meant: all of it at once, in the order of the file
     */
    public static ChangeFile read(String name, String text, Function<String, Optional<String>> values) {
        Mistakes mistakes = new Mistakes();
        List<YamlNode> documents = new Composer(name, new Placeholders(values), mistakes).documents(text);
        List<WantedState> states = documents.stream()
                .map(document -> new StateReader(mistakes).read(document))
                .toList();
        if (documents.isEmpty()) {
            mistakes.at(new Place(name, 1, 1), "nothing stands here: a change file names a loadBalancer");
        }
        mistakes.refuse();
        return new ChangeFile(states);
    }
}
