package io.jenkins.plugins.iplb.sandbox.explain;

/** Something about a question that cannot be meant. */
public final class WrongQuestion extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String parameter;
    private final String given;
    private final String allowed;

    WrongQuestion(String parameter, String given, String allowed) {
        super("%s: '%s' was given; allowed: %s".formatted(parameter, given, allowed));
        this.parameter = parameter;
        this.given = given;
        this.allowed = allowed;
    }

    public String parameter() {
        return parameter;
    }

    public String given() {
        return given;
    }

    public String allowed() {
        return allowed;
    }
}
