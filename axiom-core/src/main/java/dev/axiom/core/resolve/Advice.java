package dev.axiom.core.resolve;

import dev.axiom.core.model.Choices;
import dev.axiom.core.model.Constraint;
import dev.axiom.core.model.LockedPackage;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.model.Texts;
import dev.axiom.core.model.VersionScheme;
import dev.axiom.core.resolve.Reason.Rule.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the user can change about a profile that cannot be resolved. Each way alone is enough, as far as time allows to try it. */
final class Advice {
    /** Nobody reads more ways of one kind. */
    private static final int MOST = 5;

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
        List<Requirement> involved = failure.requirements();
        List<Requirement> enough = involved.stream().filter(this::isEnough).toList();
        boolean further = enough.isEmpty();
        // Where nothing helps alone, what helps against this conflict is a beginning.
        List<Requirement> rest = further ? involved : all;
        List<String> ways = new ArrayList<>();
        failure.unmatched().stream().limit(MOST).flatMap(this::added).forEach(ways::add);
        involved.stream().limit(MOST).flatMap(one -> allowed(one, rest)).forEach(ways::add);
        failure.rules().stream()
                .limit(MOST)
                .flatMap(rule -> changed(rule, rest))
                .forEach(ways::add);
        ways.add(remove((further ? involved : enough).stream().limit(MOST).toList()));
        String last = further ? " (there are further conflicts then)" : "";
        return ways.stream().distinct().collect(Collectors.joining(", or ")) + last;
    }

    private boolean isEnough(Requirement left) {
        List<Requirement> rest = new ArrayList<>(all);
        rest.remove(left);
        return trials.of(rest).failure() == null;
    }

    private static String remove(List<Requirement> requirements) {
        List<String> names =
                requirements.stream().map(Requirement::key).distinct().toList();
        return "remove " + Texts.join(names, "or") + " from the profile";
    }

    /** The version that is chosen when a requirement may be met by any; nothing if that does not help. */
    private Stream<String> allowed(Requirement requirement, List<Requirement> rest) {
        Requirement open = Requirement.anyOf(
                requirement.alternatives().stream().map(Advice::open).toList());
        if (open.equals(requirement)) {
            return Stream.empty();
        }
        List<Requirement> relaxed =
                rest.stream().map(one -> one.equals(requirement) ? open : one).toList();
        return chosen(trials.of(relaxed), open)
                .filter(id -> !requirement.allows(id))
                .limit(1)
                .map(id -> "allow " + id.name() + " " + id.version().qualified());
    }

    private static Requirement open(Requirement alternative) {
        Constraint any = alternative.constraint().scheme().map(Constraint::any).orElse(Constraint.any());
        return new Requirement(alternative.name(), any);
    }

    private static Stream<PackageId> chosen(Trials.Outcome outcome, Requirement requirement) {
        return outcome.solution() == null
                ? Stream.empty()
                : outcome.solution().packages().stream()
                        .map(LockedPackage::id)
                        .filter(id -> requirement.alternatives().stream()
                                .anyMatch(one -> one.name().equals(id.name())));
    }

    /** What to change of the profile's choices; nothing if that does not help. */
    private Stream<String> changed(Reason.Rule rule, List<Requirement> rest) {
        if (rule.kind() == Kind.PLATFORM) {
            return Stream.of("add " + rule.about().name() + " for "
                    + trials.choices().platform() + ", which the profile is for");
        }
        Trials.Outcome outcome = trials.of(rest, without(trials.choices(), rule));
        if (outcome.failure() != null) {
            return Stream.empty();
        }
        if (rule.kind() == Kind.EXCLUSION) {
            return Stream.of("stop excluding " + Wording.words(rule.about()));
        }
        String version = chosen(outcome, rule.about())
                .findFirst()
                .map(id -> " to allow " + id.version().qualified())
                .orElse("");
        return Stream.of(
                "change the pin of " + rule.about().name() + " (" + rule.about().constraint() + ")" + version);
    }

    private static Choices without(Choices choices, Reason.Rule rule) {
        return new Choices(
                choices.prefer(),
                choices.packages(),
                choices.pins().stream()
                        .filter(pin -> rule.kind() != Kind.PIN || !pin.equals(rule.about()))
                        .toList(),
                choices.exclude().stream()
                        .filter(one -> rule.kind() != Kind.EXCLUSION || !one.equals(rule.about()))
                        .toList(),
                choices.platform(),
                choices.optional(),
                choices.several());
    }

    /** What to add for a requirement that nothing meets, and how to write it so that what is there can meet it. */
    private Stream<String> added(Requirement requirement) {
        List<String> ways = new ArrayList<>();
        List<String> things = new ArrayList<>();
        for (Requirement alternative : requirement.alternatives()) {
            Optional<VersionScheme> misfit =
                    catalog.misfits(alternative).stream().findFirst();
            if (misfit.isPresent()) {
                ways.add("say what is meant in the scheme " + misfit.get() + ", such as '" + alternative.name() + "@"
                        + misfit.get() + ":*'");
            } else {
                things.add(thing(alternative));
            }
        }
        if (!things.isEmpty()) {
            ways.add(0, "add " + Texts.join(things, "or"));
        }
        return ways.stream();
    }

    private String thing(Requirement alternative) {
        PackageName name = alternative.name();
        if (!catalog.candidates(name).isEmpty()) {
            return "a version of " + name + " that matches " + alternative.constraint();
        }
        return "a package " + name + Wording.didYouMean(catalog.index(), name);
    }
}
