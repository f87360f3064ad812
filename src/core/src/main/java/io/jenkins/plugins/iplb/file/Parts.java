package io.jenkins.plugins.iplb.file;

import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.parameter.Nearest;
import io.jenkins.plugins.iplb.parameter.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which parts of a load balancer are meant: {@code settings}, {@code farms}, {@code http}, {@code http/farms}, {@code
 * farms/blue}, {@code http/farms/blue}. What stands inside an object comes with it.
 *
 * @param some empty for all
 */
public record Parts(List<Part> some) {
    private static final String ONLY = "only";

    /** The whole load balancer. */
    public static final Parts ALL = new Parts(List.of());

    /**
     * @param given as it was typed
     * @param section what a file calls it; empty for all of a protocol
     * @param name of an object, or its id; empty for all of them
     */
    record Part(String given, Optional<Protocol> protocol, Optional<String> section, Optional<String> name) {
        private boolean covers(Section other, Optional<Protocol> family) {
            return section.map(other.name()::equals).orElse(true) && (protocol.isEmpty() || protocol.equals(family));
        }
    }

    /** @throws InvalidInput for what no load balancer has */
    public static Parts parse(List<String> given) {
        return new Parts(given.stream().map(Parts::part).toList());
    }

    private static Part part(String given) {
        List<String> words = Arrays.asList(given.split("/", -1));
        Optional<Protocol> protocol = Arrays.stream(Protocol.values())
                .filter(each -> each.code().equals(words.get(0)))
                .findFirst();
        int next = protocol.isPresent() ? 1 : 0;
        List<String> rest = words.subList(next, words.size());
        List<String> sections = sections(protocol).toList();
        if (!rest.isEmpty() && !sections.contains(rest.get(0))) {
            throw unknown(given, protocol, rest.get(0), sections);
        }
        Optional<String> name = rest.size() > 1
                ? Optional.of(String.join("/", rest.subList(1, rest.size()))).filter(each -> !each.isEmpty())
                : Optional.empty();
        if (name.isPresent() && rest.get(0).equals(Section.SETTINGS.name())) {
            throw Value.refusal(ONLY, TextNode.valueOf(given), "settings alone: they have no names");
        }
        return new Part(given, protocol, rest.stream().findFirst(), name);
    }

    private static InvalidInput unknown(String given, Optional<Protocol> protocol, String word, List<String> sections) {
        List<String> words = new ArrayList<>(sections);
        if (protocol.isEmpty()) {
            Arrays.stream(Protocol.values()).map(Protocol::code).forEach(words::add);
        }
        String hint =
                Nearest.to(word, words).map("; did you mean %s?"::formatted).orElse("");
        return Value.refusal(
                ONLY,
                TextNode.valueOf(given),
                "%s, and a name behind a slash, such as farms/blue or http/farms/blue%s"
                        .formatted(String.join(", ", words), hint));
    }

    /** What can be exported: nobody has the keys of certificates. */
    private static Stream<String> sections(Optional<Protocol> protocol) {
        Stream<Section> ofOne = Arrays.stream(Protocol.values())
                .filter(each -> protocol.isEmpty() || protocol.get() == each)
                .flatMap(each -> Section.all(Optional.of(each)).stream());
        Stream<Section> ofAll = protocol.isPresent()
                ? Stream.empty()
                : Stream.concat(
                        Stream.of(Section.SETTINGS),
                        Section.all(Optional.empty()).stream().filter(Section::canBeTold));
        return Stream.concat(ofAll, ofOne).map(Section::name).distinct();
    }

    /** @throws InvalidInput for a name that nothing has */
    void check(Description lb) {
        for (Part part : some) {
            part.name().ifPresent(name -> check(lb, part, name));
        }
    }

    private static void check(Description lb, Part part, String name) {
        List<Told> all = Stream.concat(
                        Stream.of(Optional.<Protocol>empty()),
                        Arrays.stream(Protocol.values()).map(Optional::of))
                .flatMap(protocol -> Section.all(protocol).stream()
                        .filter(section -> part.covers(section, protocol))
                        .flatMap(section -> lb.all(section, protocol).stream()))
                .toList();
        if (all.stream().noneMatch(told -> told.isCalled(name))) {
            List<String> names = all.stream().map(Told::key).distinct().toList();
            String hint =
                    Nearest.to(name, names).map("; did you mean %s?"::formatted).orElse("");
            throw Value.refusal(
                    ONLY,
                    TextNode.valueOf(part.given()),
                    (names.isEmpty() ? "nothing: there are none of them" : String.join(", ", names)) + hint);
        }
    }

    /** Whether something is meant of these. */
    boolean have(Section section, Optional<Protocol> protocol) {
        return some.isEmpty() || some.stream().anyMatch(part -> part.covers(section, protocol));
    }

    /** Whether these are asked for by name, and not only because everything is. */
    boolean askFor(Section section, Optional<Protocol> protocol) {
        return !some.isEmpty() && have(section, protocol);
    }

    /** Those that are meant. */
    List<Told> of(Section section, Optional<Protocol> protocol, List<Told> all) {
        return all.stream().filter(told -> have(section, protocol, told)).toList();
    }

    boolean have(Section section, Optional<Protocol> protocol, Told told) {
        return have(section, protocol, told::isCalled);
    }

    /** Whether one of that key is meant. */
    boolean have(Section section, Optional<Protocol> protocol, String key) {
        return have(section, protocol, key::equals);
    }

    private boolean have(Section section, Optional<Protocol> protocol, Predicate<String> isCalled) {
        return some.isEmpty()
                || some.stream()
                        .filter(part -> part.covers(section, protocol))
                        .anyMatch(part -> part.name().map(isCalled::test).orElse(true));
    }
}
