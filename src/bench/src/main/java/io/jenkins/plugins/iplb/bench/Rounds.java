package io.jenkins.plugins.iplb.bench;

/** How often a benchmark is to go round. */
final class Rounds {
    private Rounds() {}

    /** The first of its arguments, where there is one. */
    static int of(String[] arguments, int otherwise) {
        return arguments.length == 0 ? otherwise : Integer.parseInt(arguments[0]);
    }
}
