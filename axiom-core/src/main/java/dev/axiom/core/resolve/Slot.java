package dev.axiom.core.resolve;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Constraint;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Preference;
import dev.axiom.core.model.Version;
import dev.axiom.core.model.VersionScheme;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One package name during a search: its candidates, and what can still become of it. At most one candidate of a name is
 * ever chosen. Every candidate is its own choice, also where two have one version and differ only in revision or build.
 */
final class Slot {
    private final int number;
    private final PackageName name;
    private final List<Candidate> candidates;
    private final Map<VersionScheme, Segment> segments = new EnumMap<>(VersionScheme.class);
    private final int[] preferred;
    private final int kept;
    private final Domain all;
    private final List<Assignment> history = new ArrayList<>();
    private final List<Incompatibility> watchers = new ArrayList<>();
    private final List<Integer> choices = new ArrayList<>();
    private boolean met;

    /** @param candidates ascending by id, each once */
    Slot(int number, PackageName name, List<Candidate> candidates, ResolvePolicy policy) {
        this.number = number;
        this.name = name;
        this.candidates = candidates;
        for (int i = 0; i < candidates.size(); i++) {
            Version version = candidates.get(i).id().version();
            int begin = i;
            segments.computeIfAbsent(version.scheme(), any -> new Segment(begin, new ArrayList<>()))
                    .versions
                    .add(version);
        }
        this.kept = kept(candidates, policy);
        this.preferred = preferred(candidates, policy.choices().preferenceFor(name), kept);
        this.all = Domain.all(candidates.size());
    }

    private static int kept(List<Candidate> candidates, ResolvePolicy policy) {
        for (int i = candidates.size() - 1; i >= 0 && !policy.locked().isEmpty(); i--) {
            if (policy.locked().contains(candidates.get(i).id())) {
                return i;
            }
        }
        return -1;
    }

    /** The candidates of one version scheme, which lie side by side. */
    private record Segment(int begin, List<Version> versions) {}

    /** The indexes of the candidates in the order in which to try them. */
    private static int[] preferred(List<Candidate> candidates, Preference preference, int kept) {
        if (candidates.size() < 2) {
            return new int[candidates.size()];
        }
        Comparator<Version> byVersion = Comparator.naturalOrder();
        PackageId first = kept < 0 ? null : candidates.get(kept).id();
        Comparator<PackageId> order = Comparator.comparing((PackageId id) -> !id.equals(first))
                .thenComparing(id -> id.version().scheme())
                .thenComparing(id -> id.version().isPrerelease())
                .thenComparing(PackageId::version, preference == Preference.OLDEST ? byVersion : byVersion.reversed())
                .thenComparing(PackageId::revision, Comparator.reverseOrder())
                .thenComparing(PackageId::buildId);
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            indexes.add(i);
        }
        indexes.sort(Comparator.comparing(i -> candidates.get(i).id(), order));
        return indexes.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Slots are numbered in the order in which the search came across their names. */
    int number() {
        return number;
    }

    PackageName name() {
        return name;
    }

    /** Ascending by id. */
    List<Candidate> candidates() {
        return candidates;
    }

    /** Which candidates have a version that the constraint allows. */
    BitSet matching(Constraint constraint) {
        BitSet result = new BitSet();
        segments.forEach((scheme, segment) -> constraint.versions(scheme).among(segment.versions).stream()
                .forEach(index -> result.set(segment.begin + index)));
        return result;
    }

    /** Whether the policy wants one of the candidates to be kept. */
    boolean isLocked() {
        return kept >= 0;
    }

    /** The candidate to keep if it can still be chosen, or else -1. */
    int kept() {
        return kept >= 0 && domain().has(kept) ? kept : -1;
    }

    /** That this candidate is chosen, or none of the name. */
    Domain onlyIfAny(int candidate) {
        return Domain.only(candidate, candidates.size()).or(Domain.absent(candidates.size()));
    }

    /** That one of these candidates is chosen. */
    Term term(BitSet some) {
        return new Term(this, Domain.some(some, candidates.size()));
    }

    /** Facts of which any of several packages would do, and which speak of this slot being chosen; by number. */
    List<Integer> choices() {
        return choices;
    }

    /** Whether nobody has asked before; what rules candidates out is stated once. */
    boolean isFirstMet() {
        boolean first = !met;
        met = true;
        return first;
    }

    /** Everything that could become of the name before the search. */
    Domain all() {
        return all;
    }

    /** What can become of the name as things stand. */
    Domain domain() {
        return history.isEmpty() ? all : history.get(history.size() - 1).remaining();
    }

    /** Every step of the search so far that concerns this name, each leaving less than the one before. */
    List<Assignment> history() {
        return history;
    }

    /** The incompatibilities to look at again when the domain shrinks. */
    List<Incompatibility> watchers() {
        return watchers;
    }

    /**
     * The candidate to try first among those in the set, or -1 if there is none.
     *
     * @throws AxiomException {@code INVALID} if that depends on which of two versions of different schemes is newer
     */
    int best(Domain set) {
        for (int candidate : preferred) {
            if (set.has(candidate)) {
                PackageId id = candidates.get(candidate).id();
                if (segments.size() > 1 && candidate != kept) {
                    requireOneScheme(id, set);
                }
                return candidate;
            }
        }
        return -1;
    }

    private void requireOneScheme(PackageId best, Domain set) {
        for (int other : preferred) {
            PackageId id = candidates.get(other).id();
            if (set.has(other) && id.version().scheme() != best.version().scheme()) {
                throw new AxiomException(
                        ErrorCode.INVALID,
                        "there is " + name + " " + best.version() + " ("
                                + best.version().scheme() + ") and " + name
                                + " " + id.version() + " (" + id.version().scheme()
                                + "), which cannot be compared: their version schemes differ",
                        "say which to take, such as '" + name + "@"
                                + id.version().scheme() + ":*'",
                        null);
            }
        }
    }
}
