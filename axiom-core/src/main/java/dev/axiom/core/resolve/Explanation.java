package dev.axiom.core.resolve;

import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.model.Texts;
import dev.axiom.core.model.VersionScheme;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Makes a proof for people out of the last thing a failed search learned: that nothing at all is possible. Walks over
 * everything that was learned on the way to it and replays each resolution.
 */
final class Explanation {
    /** Statements about so many names in all can still be written down; longer proofs help nobody. */
    private static final int MOST_TERMS = 400_000;

    private static final int MOST_OFFERS = 5;

    private final Catalog catalog;
    private final Incompatibility failure;
    private final Wording wording = new Wording();
    private final Map<Incompatibility, Derivation> derivations = new HashMap<>();
    private final TreeSet<Requirement> requirements = new TreeSet<>();
    private final TreeSet<Requirement> unmatched = new TreeSet<>();
    private final Set<Reason.Rule> rules = new LinkedHashSet<>();
    private int written;

    Explanation(Catalog catalog, Incompatibility failure) {
        this.catalog = catalog;
        this.failure = failure;
    }

    UnsolvableException exception() {
        List<Incompatibility> ordered = causesFirst();
        ordered.forEach(this::collect);
        for (Incompatibility incompatibility : ordered) {
            if (written <= MOST_TERMS) {
                derivations.put(incompatibility, derivation(incompatibility));
            }
        }
        Derivation whole = written <= MOST_TERMS ? derivations.get(failure) : null;
        List<String> sentences = whole == null ? List.of(tooLong(ordered.size())) : Report.of(whole);
        List<Requirement> involved = List.copyOf(requirements);
        return UnsolvableException.of(
                new UnsolvableException.Proof(sentences, involved, List.copyOf(unmatched), List.copyOf(rules), whole));
    }

    private String tooLong(int steps) {
        List<String> names = requirements.stream().map(Wording::words).toList();
        return "Because of " + Texts.join(names, "and") + " together (the proof has more than " + steps + " steps), "
                + Wording.NOTHING + ".";
    }

    /** Everything the failure follows from, each behind its own causes. */
    private List<Incompatibility> causesFirst() {
        Set<Incompatibility> seen = new HashSet<>();
        List<Incompatibility> result = new ArrayList<>();
        Deque<Map.Entry<Incompatibility, Iterator<Incompatibility>>> open = new ArrayDeque<>();
        seen.add(failure);
        open.push(Map.entry(failure, causes(failure)));
        while (!open.isEmpty()) {
            Iterator<Incompatibility> causes = open.element().getValue();
            if (!causes.hasNext()) {
                result.add(open.pop().getKey());
                continue;
            }
            Incompatibility cause = causes.next();
            if (seen.add(cause)) {
                open.push(Map.entry(cause, causes(cause)));
            }
        }
        return result;
    }

    private static Iterator<Incompatibility> causes(Incompatibility incompatibility) {
        List<Incompatibility> result = new ArrayList<>();
        if (incompatibility.reason() instanceof Reason.Learned learned) {
            result.add(learned.first());
            learned.steps().forEach(step -> result.add(step.with()));
        }
        return result.iterator();
    }

    /** Notes what the facts say about the profile and what is missing in the index. */
    private void collect(Incompatibility incompatibility) {
        Requirement requirement = null;
        if (incompatibility.reason() instanceof Reason.Required required) {
            requirement = required.requirement();
            requirements.add(requirement);
        } else if (incompatibility.reason() instanceof Reason.Depends depends) {
            requirement = depends.requirement();
        } else if (incompatibility.reason() instanceof Reason.Ruled ruled) {
            rules.add(ruled.rule());
        }
        if (requirement != null) {
            wording.learn(requirement, incompatibility.reason().alternatives());
            if (incompatibility.reason().alternatives().isEmpty()) {
                unmatched.add(requirement);
            }
        }
    }

    private Derivation derivation(Incompatibility incompatibility) {
        Reason reason = incompatibility.reason();
        if (reason instanceof Reason.Learned learned) {
            return replay(learned);
        }
        if (reason instanceof Reason.Required required) {
            String fact = "the profile requires " + Wording.words(required.requirement());
            return withAlternatives(fact, required.requirement(), incompatibility);
        }
        if (reason instanceof Reason.Depends depends) {
            String subject = wording.subject(new Term(depends.slot(), depends.dependents()));
            String fact = subject + " depends on " + Wording.words(depends.requirement());
            return withAlternatives(fact, depends.requirement(), incompatibility);
        }
        if (reason instanceof Reason.Ruled ruled) {
            Derivation said = Derivation.fact(ruled.rule().fact());
            String consequence = wording.statement(List.of(ruled.term()));
            return Derivation.conclusion(
                    consequence, said, Derivation.fact("there is " + wording.versions(ruled.term())));
        }
        Reason.Conflicts conflicts = (Reason.Conflicts) reason;
        String subject = wording.subject(new Term(conflicts.slot(), conflicts.opponents()));
        String fact = subject + " conflicts with " + Wording.words(conflicts.requirement());
        boolean direct =
                conflicts.other().slot().name().equals(conflicts.requirement().name());
        return Derivation.fact(direct ? fact : fact + ", which " + wording.subject(conflicts.other()) + " provides");
    }

    /** The fact alone; or, if nothing satisfies it, what follows from that. */
    private Derivation withAlternatives(String fact, Requirement requirement, Incompatibility incompatibility) {
        List<Term> alternatives = incompatibility.reason().alternatives();
        if (alternatives.isEmpty()) {
            Derivation missing = Derivation.fact(missing(requirement));
            return Derivation.conclusion(wording.statement(terms(incompatibility)), Derivation.fact(fact), missing);
        }
        List<String> providers = alternatives.stream()
                .map(Term::slot)
                .map(Slot::name)
                .filter(name -> requirement.alternatives().stream()
                        .noneMatch(named -> named.name().equals(name)))
                .map(PackageName::value)
                .distinct()
                .toList();
        String provided = providers.isEmpty() ? "" : " (provided by " + Texts.join(providers, "and") + ")";
        return Derivation.fact(fact + provided + unread(requirement));
    }

    private String missing(Requirement requirement) {
        if (!requirement.others().isEmpty()) {
            return "there is no package that is " + Wording.words(requirement);
        }
        List<Candidate> known = catalog.candidates(requirement.name());
        if (known.isEmpty()) {
            List<String> offers = offers(requirement.name());
            return offers.isEmpty()
                    ? "there is no package " + requirement.name()
                    : "nothing that provides " + requirement.name() + " matches " + requirement.constraint()
                            + " (there is " + Texts.join(offers, "and") + ")";
        }
        return "no version of " + requirement.name() + " matches " + requirement.constraint() + " (there is "
                + wording.versions(requirement.name(), known) + ")" + unread(requirement);
    }

    /** What serves under a name, and as which version. */
    private List<String> offers(PackageName name) {
        List<String> offers = new TreeSet<>(catalog.index().providers(name))
                .stream()
                        .flatMap(provider -> catalog.candidates(provider).stream())
                        .flatMap(candidate -> candidate.provides().stream()
                                .filter(provided -> provided.name().equals(name))
                                .map(provided -> candidate.id().name() + " as "
                                        + (provided.version() == null ? "no version" : provided.version())))
                        .distinct()
                        .toList();
        return offers.size() <= MOST_OFFERS
                ? offers
                : Stream.concat(offers.stream().limit(MOST_OFFERS), Stream.of((offers.size() - MOST_OFFERS) + " more"))
                        .toList();
    }

    /** That it makes no sense for packages that it names and that run here; nothing if it does. */
    private String unread(Requirement requirement) {
        List<String> schemes = catalog.misfits(requirement).stream()
                .map(VersionScheme::toString)
                .toList();
        return schemes.isEmpty()
                ? ""
                : ", which makes no sense for versions of the scheme " + Texts.join(schemes, "and");
    }

    private static List<Term> terms(Incompatibility incompatibility) {
        List<Term> result = new ArrayList<>();
        for (int i = 0; i < incompatibility.size(); i++) {
            result.add(incompatibility.term(i));
        }
        return result;
    }

    /** Resolves once more what was resolved when this was learned, to have a statement for each step. */
    private Derivation replay(Reason.Learned learned) {
        Derivation result = known(learned.first());
        Map<Slot, Domain> terms = new LinkedHashMap<>();
        terms(learned.first()).forEach(term -> terms.put(term.slot(), term.set()));
        for (Reason.Step step : learned.steps()) {
            for (Term term : terms(step.with())) {
                terms.merge(term.slot(), term.set(), term.slot() == step.slot() ? Domain::or : Domain::and);
            }
            terms.computeIfPresent(step.slot(), (slot, set) -> set.equals(slot.all()) ? null : set);
            written += 1 + terms.size();
            if (written > MOST_TERMS) {
                return result;
            }
            List<Term> now = terms.entrySet().stream()
                    .map(entry -> new Term(entry.getKey(), entry.getValue()))
                    .toList();
            result = Derivation.conclusion(wording.statement(now), known(step.with()), result);
        }
        return result;
    }

    private Derivation known(Incompatibility incompatibility) {
        Derivation known = derivations.get(incompatibility);
        if (known == null) {
            throw new IllegalStateException("a cause was not derived before its conclusion");
        }
        return known;
    }
}
