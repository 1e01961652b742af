package dev.axiom.cli.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The two generations that a comparison is about.
 *
 * @param from the one; null for "nothing", what was there before the first
 * @param to the other
 */
public record GenerationPair(@Nullable Integer from, int to) {

    /**
     * What is meant where not both are named: up to the current one, from the one before.
     *
     * @param all the numbers there are
     */
    public static GenerationPair of(@Nullable Integer from, @Nullable Integer to, int current, List<Integer> all) {
        int last = to == null ? current : to;
        if (from != null) {
            return new GenerationPair(from, last);
        }
        return new GenerationPair(
                all.stream()
                        .filter(number -> number < last)
                        .max(Integer::compare)
                        .orElse(null),
                last);
    }
}
