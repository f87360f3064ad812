package io.jenkins.plugins.iplb.parameter;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant who wrote something else. */
public final class Nearest {
    private Nearest() {}

    /** The most similar one; empty when none is similar. */
    public static Optional<String> to(String given, Collection<String> known) {
        return all(given, known, 1).stream().findFirst();
    }

    /** The similar ones, the most similar first. @param most how many at most */
    public static List<String> all(String given, Collection<String> known, int most) {
        String written = given.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(each -> isSimilar(written, each.toLowerCase(Locale.ROOT)))
                .sorted(Comparator.comparingInt(each -> distance(written, each.toLowerCase(Locale.ROOT))))
                .limit(most)
                .toList();
    }

    /** A third of the letters may be wrong, and a part is enough. */
    private static boolean isSimilar(String given, String known) {
        boolean part = given.length() > 1 && known.contains(given);
        return part || distance(given, known) <= Math.max(1, Math.min(given.length(), known.length()) / 3);
    }

    /** How many letters to change, add, leave out or exchange with their neighbours. */
    private static int distance(String from, String to) {
        int[][] steps = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : cheapest(steps, from, to, i, j);
            }
        }
        return steps[from.length()][to.length()];
    }

    private static int cheapest(int[][] steps, String from, String to, int i, int j) {
        boolean same = from.charAt(i - 1) == to.charAt(j - 1);
        int best = Math.min(Math.min(steps[i - 1][j], steps[i][j - 1]) + 1, steps[i - 1][j - 1] + (same ? 0 : 1));
        boolean exchanged =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return exchanged ? Math.min(best, steps[i - 2][j - 2] + 1) : best;
    }
}
