package dev.axiom.core.resolve;

import dev.axiom.core.model.NearNames;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.model.VersionScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the user can change about a profile that cannot be resolved; as far as time allows, it was tried. */
final class Advice {
    private static final int MOST_REMOVALS = 5;
    private static final int MOST_ADDITIONS = 3;

    private final Catalog catalog;
    private final List<Requirement> all;
    private final UnsolvableException failure;
    private final Trials trials;

    /** @param all everything the profile asks for, where {@code failure} names only what conflicts */
    Advice(Catalog catalog, List<Requirement> all, UnsolvableException failure, Trials trials) {
        this.catalog = catalog;
        this.all = all;
        this.failure = failure;
        this.trials = trials;
    }

    String hint() {
        List<String> ways = new ArrayList<>();
        failure.unmatched().stream().limit(MOST_ADDITIONS).map(this::add).forEach(ways::add);
        ways.add(remove());
        return String.join(", or ", ways);
    }

    /** To leave out one of those with which this is solved; if none alone solves it, one of all, which is said. */
    private String remove() {
        List<Requirement> involved =
                failure.requirements().stream().limit(MOST_REMOVALS).toList();
        List<Requirement> enough = involved.stream().filter(this::isEnough).toList();
        List<String> names = (enough.isEmpty() ? involved : enough)
                .stream().map(Requirement::key).distinct().toList();
        boolean narrow = failure.requirements().stream()
                .anyMatch(any -> !any.constraint().isAny());
        String other = narrow ? ", or allow other versions of " + (involved.size() == 1 ? "it" : "them") : "";
        String further = enough.isEmpty() ? " (there are further conflicts then)" : "";
        return "remove " + Wording.join(names, "or") + " from the profile" + further + other;
    }

    private boolean isEnough(Requirement left) {
        List<Requirement> rest = new ArrayList<>(all);
        rest.remove(left);
        return trials.of(rest).failure() == null;
    }

    private String add(Requirement requirement) {
        PackageName name = requirement.name();
        Optional<VersionScheme> misfit = catalog.misfits(requirement).stream().findFirst();
        if (misfit.isPresent()) {
            String scheme = misfit.get().toString();
            return "say what is meant in the scheme " + scheme + ", such as '" + name + "@" + scheme + ":*'";
        }
        if (!catalog.candidates(name).isEmpty()) {
            return "add a version of " + name + " that matches " + requirement.constraint();
        }
        List<String> known =
                catalog.index().names().stream().map(PackageName::value).toList();
        List<String> near = NearNames.of(name.value(), known);
        String question = near.isEmpty() ? "" : " (did you mean " + Wording.join(near, "or") + "?)";
        return "add a package " + name + question;
    }
}
