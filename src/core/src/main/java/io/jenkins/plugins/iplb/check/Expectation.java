package io.jenkins.plugins.iplb.check;

import io.jenkins.plugins.iplb.failure.InvalidInput;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.Cookie;
import okhttp3.HttpUrl;

/**
 * What an answer must be, said as the rules of routes are: {@code status in 200, 204}, {@code protocol is h2}, {@code
 * header:X-Version is 42}, {@code cookie:SERVERID exists}, {@code body contains Welcome}, {@code certificate:sha256 is 3f…}.
 * Where there are several values, such as two headers of a name, one of them is enough; and if it is negated, none of them
 * may be so.
 *
 * @param field what of the answer is looked at
 * @param subField the name of the header or cookie, or what of the certificate; null for fields that have none
 * @param negate whether it must not be so
 * @param pattern null for {@code exists} only
 */
public record Expectation(String field, String subField, String match, boolean negate, String pattern) {
    static final String STATUS = "status";
    static final String BODY = "body";

    private static final String PARAMETER = "expect";
    private static final String EXISTS = "exists";
    private static final String IN = "in";
    private static final String MATCHES = "matches";
    private static final int LONGEST_SHOWN = 80;

    private static final Map<String, BiPredicate<String, String>> MATCHES_OF_ONE = Map.of(
            "is",
            String::equals,
            IN,
            (value, pattern) -> parts(pattern).anyMatch(value::equals),
            "contains",
            String::contains,
            "startswith",
            String::startsWith,
            "endswith",
            String::endsWith,
            MATCHES,
            (value, pattern) -> BoundedText.find(Pattern.compile(pattern), value),
            EXISTS,
            (value, pattern) -> true);

    private static final Map<String, Field> FIELDS = Map.of(
            STATUS,
            new Field(List.of(), "[1-5]\\d\\d", "a status such as 200"),
            "protocol",
            new Field(List.of(), "h2|http/1\\.[01]", "h2, http/1.1"),
            "header",
            new Field(null, ".+", "text"),
            "cookie",
            new Field(null, ".+", "text"),
            BODY,
            new Field(List.of(), "(?s).+", "text"),
            "certificate",
            new Field(List.of("sha256", "name"), ".+", "text"));

    /** What is expected where nothing is said about the status: neither a refusal nor a failure. */
    static final Expectation NO_ERROR = new Expectation(STATUS, null, MATCHES, false, "^[123]");

    /**
     * How a field is spoken of.
     *
     * @param subFields those that it has; null for any name
     * @param value what {@code is} and {@code in} can compare it with
     * @param allowed the same in words
     */
    private record Field(List<String> subFields, String value, String allowed) {
        boolean isNamed() {
            return subFields == null || !subFields.isEmpty();
        }
    }

    /** @throws InvalidInput for {@code expect} */
    public Expectation {
        Field known = FIELDS.get(field);
        if (known == null) {
            throw refused(field, "at the beginning one of " + String.join(", ", new TreeMap<>(FIELDS).keySet()));
        }
        if (known.isNamed() != (subField != null)) {
            throw refused(
                    said(field, subField, match, negate, pattern),
                    known.isNamed()
                            ? field + ":" + (known.subFields() == null ? "NAME" : String.join("|", known.subFields()))
                            : field + " without a name");
        }
        if (subField != null && known.subFields() != null && !known.subFields().contains(subField)) {
            throw refused(field + ":" + subField, "of a certificate " + String.join(", ", known.subFields()));
        }
        if (!MATCHES_OF_ONE.containsKey(match)) {
            throw refused(match, "one of " + String.join(", ", new TreeMap<>(MATCHES_OF_ONE).keySet()));
        }
        if (EXISTS.equals(match) != (pattern == null)) {
            throw refused(
                    said(field, subField, match, negate, pattern),
                    pattern == null ? "something to compare with" : "exists alone, which compares with nothing");
        }
        if ("certificate".equals(field) && "sha256".equals(subField) && pattern != null) {
            pattern = fingerprints(match, pattern);
        }
        checkPattern(known, match, pattern);
    }

    private static void checkPattern(Field known, String match, String pattern) {
        if (MATCHES.equals(match)) {
            try {
                Pattern.compile(pattern);
            } catch (PatternSyntaxException e) {
                throw refused(pattern, "a regular expression (%s)".formatted(e.getDescription()));
            }
        } else if ("is".equals(match) || IN.equals(match)) {
            Stream<String> values = IN.equals(match) ? parts(pattern) : Stream.of(pattern);
            values.filter(value -> !value.matches(known.value())).findFirst().ifPresent(value -> {
                throw refused(value, known.allowed());
            });
        }
    }

    /** As it is digested here: with colons or without, in whatever case. */
    private static String fingerprints(String match, String pattern) {
        Stream<String> given = IN.equals(match) ? parts(pattern) : Stream.of(pattern);
        List<String> digits = given.map(each -> each.replace(":", "").toLowerCase(Locale.ROOT))
                .toList();
        if (!match.equals("is") && !match.equals(IN)
                || digits.stream().anyMatch(each -> !each.matches("[0-9a-f]{64}"))) {
            throw refused(pattern, "certificate:sha256 is the 64 hexadecimal digits of a fingerprint");
        }
        return String.join(", ", digits);
    }

    private static InvalidInput refused(String given, String allowed) {
        return new InvalidInput(PARAMETER, given, allowed);
    }

    private static Stream<String> parts(String list) {
        return Arrays.stream(list.split(",")).map(String::strip);
    }

    /** What is wrong with an answer; empty when it is as expected. */
    Optional<String> objection(HttpUrl url, Answer answer) {
        List<String> values = values(url, answer);
        try {
            boolean so =
                    values.stream().anyMatch(value -> MATCHES_OF_ONE.get(match).test(value, pattern));
            return so != negate ? Optional.empty() : Optional.of("%s, expected: %s".formatted(came(values), this));
        } catch (BoundedText.TooManyWays e) {
            return Optional.of("%s, which has too many ways to match: %s".formatted(came(values), this));
        }
    }

    private List<String> values(HttpUrl url, Answer answer) {
        return switch (field) {
            case STATUS -> List.of(Integer.toString(answer.status()));
            case "protocol" -> List.of(answer.protocol());
            case "header" -> answer.headers().values(subField);
            case "cookie" ->
                Cookie.parseAll(url, answer.headers()).stream()
                        .filter(cookie -> cookie.name().equals(subField))
                        .map(Cookie::value)
                        .toList();
            case BODY -> List.of(answer.body());
            default ->
                answer.certificate().map(ShownCertificate::of).stream()
                        .flatMap(
                                shown -> subField.equals("sha256") ? Stream.of(shown.sha256()) : shown.names().stream())
                        .toList();
        };
    }

    private String came(List<String> values) {
        String what = subField == null ? field : field + ":" + subField;
        return values.isEmpty()
                ? "there was no " + what
                : what + " was " + values.stream().map(Expectation::shortened).collect(Collectors.joining(", "));
    }

    private static String shortened(String value) {
        String line = value.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_SHOWN ? "'" + line + "'" : "'" + line.substring(0, LONGEST_SHOWN) + "…'";
    }

    /** As a person would say it. */
    @Override
    public String toString() {
        return said(field, subField, match, negate, pattern);
    }

    private static String said(String field, String subField, String match, boolean negate, String pattern) {
        return field
                + (subField == null ? "" : ":" + subField)
                + (negate ? " not " : " ")
                + match
                + (pattern == null ? "" : " " + pattern);
    }
}
