package io.jenkins.plugins.iplb.failure;

import java.util.List;
import java.util.function.UnaryOperator;

/** A parameter that cannot be meant: the message names it, what was given and what is allowed. Nothing was sent. */
public final class InvalidInput extends IplbException {
    private static final long serialVersionUID = 2L;

    private final String parameter;
    private final String given;
    private final String allowed;

    @SuppressWarnings("serial") // made by List.of
    private final List<String> others;

    /**
     * @param parameter its name in the catalogue, such as {@code weight}; a part of one as {@code probe.port}
     * @param given what was given; {@code null} is shown as "nothing"
     * @param allowed what is allowed, as the end of the sentence "allowed: …"; with {@code %s} for each of the others
     * @param others the parameters that {@code allowed} mentions
     */
    public InvalidInput(String parameter, Object given, String allowed, String... others) {
        this(parameter, shown(given), allowed, List.of(others));
    }

    private InvalidInput(String parameter, String given, String allowed, List<String> others) {
        super(FailureKind.USAGE, sentence(parameter, given, allowed, others, name -> name));
        this.parameter = parameter;
        this.given = given;
        this.allowed = allowed;
        this.others = others;
    }

    public String parameter() {
        return parameter;
    }

    /** What is allowed instead, in the names of the catalogue. */
    public String allowed() {
        return said(allowed, others, name -> name);
    }

    /** The message for those who call the parameters something else. @param names what they call each of them */
    public String message(UnaryOperator<String> names) {
        return sentence(parameter, given, allowed, others, names);
    }

    private static String sentence(
            String parameter, String given, String allowed, List<String> others, UnaryOperator<String> names) {
        return "%s: %s was given; allowed: %s".formatted(names.apply(parameter), given, said(allowed, others, names));
    }

    private static String said(String allowed, List<String> others, UnaryOperator<String> names) {
        return others.isEmpty()
                ? allowed
                : allowed.formatted(others.stream().map(names).toArray());
    }

    private static String shown(Object given) {
        if (given == null) {
            return "nothing";
        }
        return given instanceof CharSequence text ? "'" + text + "'" : given.toString();
    }
}
