package io.jenkins.plugins.iplb.sandbox.auth;

import java.security.SecureRandom;

/** Random keys in the lengths of OVH's. */
public final class Secrets {
    /** What every secret begins with: who looks for this word in an output finds whatever secret leaked into it. */
    static final String MARK = "sandboxsecret";

    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** A name that may be shown. */
    static String name(int length) {
        return RANDOM.ints(length, 0, ALPHABET.length())
                .collect(StringBuilder::new, (text, i) -> text.append(ALPHABET.charAt(i)), StringBuilder::append)
                .toString();
    }

    /** One that nobody else may see. */
    public static String secret(int length) {
        return MARK + name(length - MARK.length());
    }
}
