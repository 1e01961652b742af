package dev.axiom.core.resolve;

import dev.axiom.core.model.NearNames;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.model.Texts;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says in words what terms and incompatibilities mean. */
final class Wording {
    /** More versions, or ranges of them, than this are not listed. */
    private static final int LISTED = 4;

    static final String NOTHING = "no set of packages satisfies the profile";

    /** How the input itself called a set of candidates, such as {@code ssl ^3.0}. */
    private final Map<Term, String> asWritten = new HashMap<>();

    /** Remembers the input's own words for a set. */
    void learn(Requirement requirement, List<Term> alternatives) {
        if (alternatives.size() == 1 && alternatives.get(0).slot().name().equals(requirement.name())) {
            asWritten.putIfAbsent(alternatives.get(0), words(requirement));
        }
    }

    /** The requirement as in {@code ssl ^3.0}, or {@code ssl ^3.0 or tls}. */
    static String words(Requirement requirement) {
        if (!requirement.others().isEmpty()) {
            return Texts.join(
                    requirement.alternatives().stream().map(Wording::words).toList(), "or");
        }
        return requirement.constraint().isAny()
                ? requirement.name().value()
                : requirement.name() + " " + requirement.constraint();
    }

    /** That the terms cannot all be true. */
    String statement(List<Term> terms) {
        List<Term> chosen = terms.stream().filter(Term::isPositive).toList();
        List<String> needed = terms.stream()
                .filter(term -> !term.isPositive())
                .map(term -> needed(new Term(term.slot(), term.slot().all().minus(term.set()))))
                .toList();
        if (terms.isEmpty()) {
            return NOTHING;
        }
        if (chosen.isEmpty()) {
            return needed.size() == 1
                    ? needed.get(0) + " is required"
                    : "one of " + Texts.join(needed, "or") + " is required";
        }
        if (needed.isEmpty()) {
            return forbidden(chosen);
        }
        return chosen.size() == 1
                ? subject(chosen.get(0)) + " requires " + Texts.join(needed, "or")
                : objects(chosen) + " together require " + Texts.join(needed, "or");
    }

    private String forbidden(List<Term> chosen) {
        if (chosen.size() > 1) {
            return objects(chosen) + " cannot be chosen together";
        }
        Term only = chosen.get(0);
        boolean every = isEvery(only) && only.slot().candidates().size() > 1;
        return every ? "no version of " + only.slot().name() + " can be chosen" : subject(only) + " cannot be chosen";
    }

    /** Who does something: "web 2.0", "every version of web". */
    String subject(Term term) {
        boolean every = isEvery(term) && term.slot().candidates().size() > 1;
        return every ? "every version of " + term.slot().name() : versions(term);
    }

    private String objects(List<Term> terms) {
        return Texts.join(
                terms.stream()
                        .map(term -> isEvery(term) ? term.slot().name().value() : versions(term))
                        .toList(),
                "and");
    }

    private String needed(Term term) {
        String written = asWritten.get(term);
        if (written != null) {
            return written;
        }
        return isEvery(term) ? term.slot().name().value() : versions(term);
    }

    private static boolean isEvery(Term term) {
        return term.set().size() == term.slot().candidates().size();
    }

    /** The candidates by version, whole runs of neighbours as a range. */
    String versions(Term term) {
        return versions(term.slot().name(), term.slot().candidates(), term.set().candidates());
    }

    /** All of them. */
    String versions(PackageName name, List<Candidate> candidates) {
        BitSet all = new BitSet();
        all.set(0, candidates.size());
        return versions(name, candidates, all);
    }

    private static String versions(PackageName of, List<Candidate> candidates, BitSet chosen) {
        List<String> runs = new ArrayList<>();
        for (int begin = chosen.nextSetBit(0); begin >= 0 && runs.size() <= LISTED; ) {
            int end = chosen.nextClearBit(begin);
            runs.add(run(candidates, begin, end));
            begin = chosen.nextSetBit(end);
        }
        String name = of + " ";
        return runs.size() > LISTED
                ? chosen.cardinality() + " versions of " + name.strip()
                : name + Texts.join(runs, "or");
    }

    private static String run(List<Candidate> all, int begin, int end) {
        String first = version(all, begin);
        if (end == begin + 1) {
            return first;
        }
        String last = version(all, end - 1);
        if (end == begin + 2) {
            return first + " or " + last;
        }
        return first + " to " + last;
    }

    /** The version, with revision and build id as far as they are needed to tell it from others. */
    static String version(List<Candidate> all, int index) {
        PackageId id = all.get(index).id();
        boolean alone = true;
        boolean aloneWithRevision = true;
        for (int i = Math.max(0, index - 1); i <= Math.min(all.size() - 1, index + 1); i++) {
            PackageId other = all.get(i).id();
            if (i != index && other.version().equals(id.version())) {
                alone = false;
                aloneWithRevision &= other.revision() != id.revision();
            }
        }
        String revision = alone ? "" : "_" + id.revision();
        return id.version() + revision + (aloneWithRevision ? "" : "+" + id.buildId());
    }

    /** Names of the index that resemble one that it does not have, as a question in brackets; nothing if there are none. */
    static String didYouMean(PackageIndex index, PackageName unknown) {
        List<String> known = index.names().stream().map(PackageName::value).toList();
        List<String> near = NearNames.of(unknown.value(), known);
        return near.isEmpty() ? "" : " (did you mean " + Texts.join(near, "or") + "?)";
    }
}
