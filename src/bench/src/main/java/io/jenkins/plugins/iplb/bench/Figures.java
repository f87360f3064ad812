package io.jenkins.plugins.iplb.bench;

/**
 * What one run of a command took.
 *
 * @param seconds from its start to its end
 * @param processor seconds of it, all threads together
 * @param mebibytes at most
 */
record Figures(double seconds, double processor, double mebibytes) {}
