package dev.axiom.core.resolve;

import dev.axiom.core.model.Texts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns a derivation into sentences, each of which follows from facts and from sentences before it. A conclusion that
 * serves only once, in the very next step, gets no sentence of its own.
 */
final class Report {
    private final Map<Derivation, Integer> uses = new HashMap<>();
    private final Map<Derivation, Integer> numbers = new HashMap<>();
    private final List<String> sentences = new ArrayList<>();

    private Report() {}

    static List<String> of(Derivation root) {
        Report report = new Report();
        report.count(root);
        report.write(root);
        return List.copyOf(report.sentences);
    }

    private void count(Derivation root) {
        Set<Derivation> seen = new HashSet<>();
        Deque<Derivation> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            Derivation next = open.pop();
            if (seen.add(next)) {
                for (Derivation cause : next.causes()) {
                    uses.merge(cause, 1, Integer::sum);
                    open.push(cause);
                }
            }
        }
    }

    /** Writes a sentence for every conclusion behind the sentences for what it follows from. */
    private void write(Derivation root) {
        Deque<Step> open = new ArrayDeque<>(List.of(step(root)));
        while (!open.isEmpty()) {
            Step step = open.peek();
            Derivation missing = step.conclusions.stream()
                    .filter(conclusion -> !numbers.containsKey(conclusion))
                    .findFirst()
                    .orElse(null);
            if (missing != null) {
                open.push(step(missing));
            } else {
                open.pop();
                sentences.add(sentence(step));
                numbers.put(step.statement, sentences.size());
            }
        }
    }

    private record Step(Derivation statement, List<Derivation> conclusions, List<Derivation> facts) {}

    private Step step(Derivation statement) {
        List<Derivation> conclusions = new ArrayList<>();
        List<Derivation> facts = new ArrayList<>();
        sort(statement, conclusions, facts);
        if (conclusions.size() == 1 && facts.size() == 1 && isPassing(conclusions.get(0))) {
            Derivation passing = conclusions.remove(0);
            List<Derivation> own = List.copyOf(facts);
            facts.clear();
            sort(passing, conclusions, facts);
            facts.addAll(own);
        }
        return new Step(statement, conclusions, facts);
    }

    private static void sort(Derivation statement, List<Derivation> conclusions, List<Derivation> facts) {
        for (Derivation cause : statement.causes()) {
            (cause.isFact() ? facts : conclusions).add(cause);
        }
    }

    private boolean isPassing(Derivation conclusion) {
        long facts = conclusion.causes().stream().filter(Derivation::isFact).count();
        return facts == 1 && uses.getOrDefault(conclusion, 0) == 1;
    }

    private String sentence(Step step) {
        List<String> clauses = new ArrayList<>();
        String opening = "Because ";
        for (Derivation conclusion : step.conclusions) {
            int number = numbers.getOrDefault(conclusion, 0);
            if (step.conclusions.size() == 1 && number == sentences.size()) {
                opening = "So, because ";
            } else {
                clauses.add(conclusion.statement() + " (" + number + ")");
            }
        }
        step.facts.forEach(fact -> clauses.add(fact.statement()));
        return opening + Texts.join(clauses, "and") + ", " + step.statement.statement() + ".";
    }
}
