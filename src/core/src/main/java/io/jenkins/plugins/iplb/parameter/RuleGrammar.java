package io.jenkins.plugins.iplb.parameter;

import io.jenkins.plugins.iplb.api.IpBlock;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What rules can look at and how they can compare it: OVH's guide to routes; the field sni is what terraform uses. */
final class RuleGrammar {
    private static final int LONGEST_PATTERN = 255;
    private static final String EXISTS = "exists";

    private static final List<String> CHOICE = List.of("is", "in");
    private static final List<String> TEXT = List.of("is", "in", "contains", "startswith", "endswith", "matches");
    private static final List<String> TEXT_OR_THERE =
            Stream.concat(TEXT.stream(), Stream.of(EXISTS)).toList();

    private static final List<String> HTTP_PROTOCOLS = List.of("tcp", "tls", "http", "https");
    private static final List<String> TCP_PROTOCOLS =
            Stream.concat(HTTP_PROTOCOLS.stream(), Stream.of("http/2.0")).toList();
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE");

    private static final Field ADDRESS = new Field(CHOICE, false, block -> IpBlock.parse("pattern", block));

    private static final Map<Protocol, Map<String, Field>> FIELDS = Map.of(
            Protocol.TCP,
            Map.of(
                    "protocol", Field.oneOf(TCP_PROTOCOLS),
                    "source", ADDRESS,
                    "host", Field.text(TEXT),
                    "sni", Field.text(TEXT)),
            Protocol.HTTP,
            Map.of(
                    "protocol", Field.oneOf(HTTP_PROTOCOLS),
                    "source", ADDRESS,
                    "host", Field.text(TEXT),
                    "method", Field.oneOf(METHODS),
                    "uri", Field.text(TEXT),
                    "param", Field.named(TEXT),
                    "header", Field.named(TEXT),
                    "cookie", Field.named(TEXT_OR_THERE)));

    private RuleGrammar() {}

    /** What routes can look at, of one protocol or another. */
    static List<String> fields() {
        return Stream.of(Protocol.TCP, Protocol.HTTP)
                .flatMap(protocol -> new TreeMap<>(FIELDS.get(protocol)).keySet().stream())
                .distinct()
                .toList();
    }

    /** How anything can be compared. */
    static List<String> matches() {
        return TEXT_OR_THERE;
    }

    /** @throws InvalidInput naming the part that routes of this protocol do not take */
    static void check(RuleSpec rule, Protocol protocol) {
        Map<String, Field> fields = new TreeMap<>(FIELDS.get(protocol));
        Field field = rule.field() == null ? null : fields.get(rule.field());
        if (field == null) {
            throw new InvalidInput(
                    "field",
                    rule.field(),
                    "for %s one of %s".formatted(protocol.code(), String.join(", ", fields.keySet())));
        }
        if (field.named() && rule.subField() == null) {
            throw new InvalidInput("subField", null, "the name of the %s to look at".formatted(rule.field()));
        }
        if (!field.named() && rule.subField() != null) {
            throw new InvalidInput("subField", rule.subField(), "nothing: only cookie, header, param have one");
        }
        if (rule.match() == null || !field.matches().contains(rule.match())) {
            throw new InvalidInput(
                    "match",
                    rule.match(),
                    "for %s one of %s".formatted(rule.field(), String.join(", ", field.matches())));
        }
        checkPattern(rule, field);
    }

    private static void checkPattern(RuleSpec rule, Field field) {
        String pattern = rule.pattern();
        if (EXISTS.equals(rule.match())) {
            if (pattern != null) {
                throw new InvalidInput("pattern", pattern, "nothing: exists compares with nothing");
            }
            return;
        }
        if (pattern == null || pattern.length() > LONGEST_PATTERN) {
            throw new InvalidInput(
                    "pattern",
                    pattern == null ? null : pattern.length() + " characters",
                    "1 to 255 characters to compare the %s with".formatted(rule.field()));
        }
        String[] values = "in".equals(rule.match()) ? pattern.split(",", -1) : new String[] {pattern};
        for (String value : values) {
            field.value().check(value);
        }
    }

    /** What is allowed as a pattern, or as each part of one that is a list. */
    private interface Value {
        /** @throws InvalidInput for {@code pattern} */
        void check(String value);
    }

    /**
     * How a field can be compared.
     *
     * @param named whether it needs the name of a sub-field
     */
    private record Field(List<String> matches, boolean named, Value value) {
        static Field text(List<String> matches) {
            return new Field(matches, false, value -> {});
        }

        static Field named(List<String> matches) {
            return new Field(matches, true, value -> {});
        }

        static Field oneOf(List<String> values) {
            return new Field(CHOICE, false, value -> {
                if (!values.contains(value.strip())) {
                    throw new InvalidInput("pattern", value, "one of " + String.join(", ", values));
                }
            });
        }
    }
}
