package dev.axiom.core.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What somebody who mistyped a name may have meant: the known names with the fewest letters changed. */
public final class NearNames {
    private static final int MOST = 3;

    private NearNames() {}

    /**
     * Up to three known names that resemble {@code wanted}, the most similar first; none if nothing comes near. Upper
     * and lower case count as alike. Takes time proportional to the number of known names.
     */
    public static List<String> of(String wanted, Collection<String> known) {
        String lower = wanted.toLowerCase(Locale.ROOT);
        int tolerated = Math.max(1, lower.length() / 3);
        return known.stream()
                .distinct()
                .filter(name -> Math.abs(name.length() - wanted.length()) <= tolerated)
                .map(name -> new Scored(name, distance(lower, name.toLowerCase(Locale.ROOT))))
                .filter(scored -> scored.distance <= tolerated)
                .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::name))
                .limit(MOST)
                .map(Scored::name)
                .toList();
    }

    /** How many letters to insert, delete, replace or swap with the next one; the restricted Damerau distance. */
    private static int distance(String left, String right) {
        int[][] cost = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, left, right, i, j);
            }
        }
        return cost[left.length()][right.length()];
    }

    private static int cheapest(int[][] cost, String left, String right, int i, int j) {
        int replaced = cost[i - 1][j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean swapped = i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }

    private record Scored(String name, int distance) {}
}
