package io.jenkins.plugins.iplb.check;

import java.util.regex.Pattern;

/**
 * A text that an expression may look at so often and no oftener: one that tries all ways to match would be at it for years,
 * on a thread that others wait for.
 */
final class BoundedText implements CharSequence {
    private static final long MOST_LOOKS = 50_000_000;

    private final CharSequence text;
    private final long[] looks;

    private BoundedText(CharSequence text, long[] looks) {
        this.text = text;
        this.looks = looks;
    }

    /** @throws TooManyWays when that cannot be told in a reasonable time */
    static boolean find(Pattern pattern, String text) {
        try {
            return pattern.matcher(new BoundedText(text, new long[1])).find();
        } catch (StackOverflowError e) {
            throw new TooManyWays();
        }
    }

    /** It cannot be told whether an expression matches. */
    static final class TooManyWays extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public char charAt(int index) {
        if (++looks[0] > MOST_LOOKS) {
            throw new TooManyWays();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new BoundedText(text.subSequence(start, end), looks);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
