package io.jenkins.plugins.iplb.failure;

/** A parameter that cannot be meant: the message names it, what was given and what is allowed. Nothing was sent. */
public final class InvalidInput extends IplbException {
    private static final long serialVersionUID = 1L;

    private final String parameter;

    /**
     * @param parameter the name under which every face knows it, such as {@code weight}
     * @param given what was given; {@code null} is shown as "nothing"
     * @param allowed what is allowed, as the end of the sentence "allowed: …"
     */
    public InvalidInput(String parameter, Object given, String allowed) {
        super(FailureKind.USAGE, "%s: %s was given; allowed: %s".formatted(parameter, shown(given), allowed));
        this.parameter = parameter;
    }

    public String parameter() {
        return parameter;
    }

    private static String shown(Object given) {
        if (given == null) {
            return "nothing";
        }
        return given instanceof CharSequence text ? "'" + text + "'" : given.toString();
    }
}
