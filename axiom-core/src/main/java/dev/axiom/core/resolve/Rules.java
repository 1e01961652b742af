package dev.axiom.core.resolve;

import dev.axiom.core.model.Choices;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Platform;
import dev.axiom.core.model.Provided;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.resolve.Reason.Rule.Kind;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the profile's choices shut out whatever else is chosen: exclusions, other versions than the pinned, other platforms. */
final class Rules {
    private final Map<PackageName, Requirement> pins;
    private final Map<PackageName, Requirement> excluded;
    private final Platform platform;

    Rules(Choices choices) {
        this.pins = choices.pins().stream().collect(Collectors.toMap(Requirement::name, Function.identity()));
        this.excluded = choices.exclude().stream().collect(Collectors.toMap(Requirement::name, Function.identity()));
        this.platform = choices.platform();
    }

    /** An incompatibility for each reason for which candidates of this slot cannot be chosen. */
    List<Incompatibility> about(Slot slot) {
        List<Incompatibility> result = new ArrayList<>();
        Requirement pin = pins.get(slot.name());
        if (pin != null) {
            BitSet others = slot.matching(pin.constraint());
            others.flip(0, slot.candidates().size());
            String fact = "the profile pins " + slot.name() + " to " + pin.constraint();
            add(result, slot, others, new Reason.Rule(Kind.PIN, pin, fact));
        }
        Requirement exclusion = excluded.get(slot.name());
        if (exclusion != null) {
            exclude(result, slot, slot.matching(exclusion.constraint()), exclusion, "");
        }
        Map<Requirement, BitSet> provided = excluded.isEmpty() ? Map.of() : provided(slot);
        provided.forEach((under, candidates) ->
                exclude(result, slot, candidates, under, ", which " + slot.name() + " provides"));
        if (!platform.equals(Platform.ANY)) {
            String fact = "the profile is for " + platform;
            add(result, slot, elsewhere(slot), new Reason.Rule(Kind.PLATFORM, Requirement.of(slot.name()), fact));
        }
        return result;
    }

    private static void exclude(
            List<Incompatibility> result, Slot slot, BitSet candidates, Requirement exclusion, String how) {
        String fact = "the profile excludes " + Wording.words(exclusion) + how;
        add(result, slot, candidates, new Reason.Rule(Kind.EXCLUSION, exclusion, fact));
    }

    /** The candidates that serve under the name of an exclusion without a version; one with a version is of own names alone. */
    private Map<Requirement, BitSet> provided(Slot slot) {
        Map<Requirement, BitSet> result = new TreeMap<>();
        for (int i = 0; i < slot.candidates().size(); i++) {
            for (Provided provided : slot.candidates().get(i).provides()) {
                Requirement exclusion = excluded.get(provided.name());
                if (exclusion != null && exclusion.constraint().isAny()) {
                    result.computeIfAbsent(exclusion, any -> new BitSet()).set(i);
                }
            }
        }
        return result;
    }

    private BitSet elsewhere(Slot slot) {
        BitSet result = new BitSet();
        for (int i = 0; i < slot.candidates().size(); i++) {
            result.set(i, !platform.runs(slot.candidates().get(i).platform()));
        }
        return result;
    }

    private static void add(List<Incompatibility> result, Slot slot, BitSet candidates, Reason.Rule rule) {
        if (!candidates.isEmpty()) {
            Term term = slot.term(candidates);
            result.add(new Incompatibility(new Term[] {term}, new Reason.Ruled(term, rule)));
        }
    }
}
