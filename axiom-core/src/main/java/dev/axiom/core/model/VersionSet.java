package dev.axiom.core.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import java.util.TreeSet;

/**
 * An immutable set of versions of one scheme, such as all that a {@link Constraint} allows: finitely many intervals,
 * sorted and apart from each other. Two sets with the same intervals are equal.
 */
public final class VersionSet {
    private static final VersionSet ANY = new VersionSet(List.of(Cut.START, Cut.END));
    private static final VersionSet EMPTY = new VersionSet(List.of());

    /** Begin and end of each interval in turn, strictly ascending. */
    private final List<Cut> cuts;

    private VersionSet(List<Cut> cuts) {
        this.cuts = cuts;
    }

    /** The set of all versions. */
    public static VersionSet any() {
        return ANY;
    }

    /** The set of no version. */
    public static VersionSet empty() {
        return EMPTY;
    }

    /** The version itself, and all its builds ({@code 1.2+7}) if it names none. */
    public static VersionSet exactly(Version version) {
        return between(Cut.before(version), Cut.after(version));
    }

    /** The version and everything behind it. */
    public static VersionSet atLeast(Version version) {
        return between(Cut.before(version), Cut.END);
    }

    /** Everything behind the version and its builds. */
    public static VersionSet above(Version version) {
        return between(Cut.after(version), Cut.END);
    }

    /** The version, its builds, and everything before it. */
    public static VersionSet atMost(Version version) {
        return between(Cut.START, Cut.after(version));
    }

    /** Everything before the version, its own prereleases included; see {@link Constraint} for the user's {@code <}. */
    public static VersionSet below(Version version) {
        return between(Cut.START, Cut.before(version));
    }

    private static VersionSet between(Cut begin, Cut end) {
        return begin.compareTo(end) < 0 ? new VersionSet(List.of(begin, end)) : EMPTY;
    }

    /** Whether the version is in this set, found in logarithmic time. */
    public boolean contains(Version version) {
        int low = 0;
        int high = cuts.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cuts.get(middle).isBefore(version)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        // An odd number of ends before the version means that an interval has begun and not ended.
        return low % 2 == 1;
    }

    /**
     * Which of the versions are in this set, by index. Takes time logarithmic in their number for each interval, so that
     * the resolver can ask it of packages with thousands of versions.
     *
     * @param ascending versions of one scheme, in ascending order
     */
    public BitSet among(List<Version> ascending) {
        BitSet result = new BitSet(ascending.size());
        for (int i = 0; i < cuts.size(); i += 2) {
            result.set(firstBehind(cuts.get(i), ascending), firstBehind(cuts.get(i + 1), ascending));
        }
        return result;
    }

    private static int firstBehind(Cut cut, List<Version> ascending) {
        int low = 0;
        int high = ascending.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cut.isBefore(ascending.get(middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Whether no version at all is in this set. */
    public boolean isEmpty() {
        return cuts.isEmpty();
    }

    /** Whether every version is in this set. */
    public boolean isAny() {
        return equals(ANY);
    }

    /** The versions that are in this set or in the other. */
    public VersionSet union(VersionSet other) {
        return merge(other, 1);
    }

    /** The versions that are in both sets. */
    public VersionSet intersect(VersionSet other) {
        return merge(other, 2);
    }

    /** The versions that are not in this set. */
    public VersionSet complement() {
        List<Cut> result = new ArrayList<>(cuts);
        if (!result.remove(Cut.START)) {
            result.add(0, Cut.START);
        }
        if (!result.remove(Cut.END)) {
            result.add(Cut.END);
        }
        return of(result);
    }

    /** Walks over the ends of both sets and keeps those where the number of sets we are in crosses {@code enough}. */
    private VersionSet merge(VersionSet other, int enough) {
        TreeSet<Cut> ends = new TreeSet<>(cuts);
        ends.addAll(other.cuts);
        List<Cut> result = new ArrayList<>();
        boolean inside = false;
        for (Cut end : ends) {
            boolean now = (covers(end) ? 1 : 0) + (other.covers(end) ? 1 : 0) >= enough;
            if (now != inside) {
                result.add(end);
                inside = now;
            }
        }
        return of(result);
    }

    /** Whether the place directly behind a cut lies in this set. */
    private boolean covers(Cut place) {
        int found = Collections.binarySearch(cuts, place);
        int before = found >= 0 ? found + 1 : -found - 1;
        return before % 2 == 1;
    }

    private static VersionSet of(List<Cut> cuts) {
        return cuts.isEmpty() ? EMPTY : new VersionSet(List.copyOf(cuts));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionSet set && cuts.equals(set.cuts);
    }

    @Override
    public int hashCode() {
        return cuts.hashCode();
    }

    /** The intervals as a constraint would say them: {@code >=1.2 <2-0 || =3.0}; {@code *} for any, {@code none} for none. */
    @Override
    public String toString() {
        if (cuts.isEmpty()) {
            return "none";
        }
        StringJoiner result = new StringJoiner(" || ");
        for (int i = 0; i < cuts.size(); i += 2) {
            result.add(interval(cuts.get(i), cuts.get(i + 1)));
        }
        return result.toString();
    }

    private static String interval(Cut begin, Cut end) {
        if (begin.version() != null && end.version() != null && begin.equals(Cut.before(end.version()))) {
            return "=" + end.version();
        }
        String lower = begin.version() == null ? "" : (begin.side() == Cut.Side.BEFORE ? ">=" : ">") + begin.version();
        String upper = end.version() == null ? "" : (end.side() == Cut.Side.BEFORE ? "<" : "<=") + end.version();
        String both = lower.isEmpty() || upper.isEmpty() ? lower + upper : lower + " " + upper;
        return both.isEmpty() ? "*" : both;
    }
}
