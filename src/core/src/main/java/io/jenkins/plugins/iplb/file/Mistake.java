package io.jenkins.plugins.iplb.file;

/** One mistake in a file, told once and at its own place. */
public record Mistake(Place place, String message) {
    @Override
    public String toString() {
        return place + ": " + message;
    }
}
