package dev.axiom.core.resolve;

import dev.axiom.core.model.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the fewest requirements that cannot be met together. First for conflicts that have no requirement in common,
 * each as small as it gets by leaving requirements out; what belongs to none of them can be met together. So a smaller
 * conflict has something of those: such sets are tried, pairs first. When the trials are over, the smallest so far counts.
 */
final class Shortest {
    private final List<Requirement> all;
    private final Trials trials;

    Shortest(List<Requirement> all, Trials trials) {
        this.all = all;
        this.trials = trials;
    }

    /** The failure of the fewest requirements that was found; the given one at worst. */
    UnsolvableException of(UnsolvableException failure) {
        Set<Requirement> involved = new LinkedHashSet<>();
        UnsolvableException best = failure;
        UnsolvableException next = failure;
        while (next != null) {
            UnsolvableException small = irreducible(next);
            best = size(small) < size(best) ? small : best;
            involved.addAll(small.requirements());
            List<Requirement> rest =
                    all.stream().filter(any -> !involved.contains(any)).toList();
            next = trials.of(rest).failure();
        }
        return smaller(best, involved);
    }

    private static int size(UnsolvableException failure) {
        return failure.requirements().size();
    }

    /** Leaves out each requirement in turn, and for good if the rest cannot be met still. */
    private UnsolvableException irreducible(UnsolvableException failure) {
        UnsolvableException best = failure;
        for (Requirement requirement : failure.requirements()) {
            List<Requirement> fewer = new ArrayList<>(best.requirements());
            if (fewer.remove(requirement) && !fewer.isEmpty()) {
                UnsolvableException smaller = trials.of(fewer).failure();
                best = smaller == null ? best : smaller;
            }
        }
        return best;
    }

    private UnsolvableException smaller(UnsolvableException found, Set<Requirement> involved) {
        Set<Requirement> order = new LinkedHashSet<>(involved);
        order.addAll(all);
        for (int size = 2; size < size(found); size++) {
            UnsolvableException smaller = ofSize(size, List.copyOf(order), involved.size());
            if (smaller != null) {
                return smaller;
            }
        }
        return found;
    }

    /** A set of this size with one of the first so many requirements that cannot be met; null if none was found. */
    private @Nullable UnsolvableException ofSize(int size, List<Requirement> order, int first) {
        int[] places = new int[size];
        for (int i = 0; i < size; i++) {
            places[i] = i;
        }
        while (places[0] < first && !trials.areOver()) {
            List<Requirement> some = new ArrayList<>();
            for (int place : places) {
                some.add(order.get(place));
            }
            UnsolvableException failure =
                    trials.of(some.stream().sorted().toList()).failure();
            if (failure != null || !advance(places, order.size())) {
                return failure;
            }
        }
        return null;
    }

    /** The next combination in order; false if that was the last. */
    private static boolean advance(int[] places, int count) {
        int i = places.length - 1;
        while (i >= 0 && places[i] == count - places.length + i) {
            i--;
        }
        if (i < 0) {
            return false;
        }
        places[i]++;
        for (int j = i + 1; j < places.length; j++) {
            places[j] = places[j - 1] + 1;
        }
        return true;
    }
}
