package dev.axiom.core.resolve;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.Requirement;
import java.io.Serial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * No set of packages satisfies the requirements ({@link ErrorCode#UNSOLVABLE}), or none was found before the search had
 * to be given up. The message holds the explanation, shortened if it is long.
 */
public final class UnsolvableException extends AxiomException {
    @Serial
    private static final long serialVersionUID = 1;

    /** Longer explanations are cut in the message; their end says most. */
    private static final int SHOWN = 25;

    private final Proof proof;

    private UnsolvableException(String message, @Nullable String hint, Proof proof) {
        super(ErrorCode.UNSOLVABLE, message, hint, null);
        this.proof = proof;
    }

    /**
     * What was found out.
     *
     * @param explanation sentences, in the order in which they follow from each other
     * @param requirements those of the profile that cannot be satisfied together
     * @param unmatched requirements, of the profile or of packages, that nothing satisfies
     * @param rules what the profile's choices shut out
     * @param derivation the whole proof; null if it is too long to be written down
     */
    record Proof(
            List<String> explanation,
            List<Requirement> requirements,
            List<Requirement> unmatched,
            List<Reason.Rule> rules,
            @Nullable Derivation derivation) {}

    static UnsolvableException of(Proof proof) {
        return new UnsolvableException(message(proof), null, proof);
    }

    /** The same failure, with what the user can change. */
    UnsolvableException advising(String hint) {
        return new UnsolvableException(message(proof), hint, proof);
    }

    static UnsolvableException gaveUp(String why) {
        return new UnsolvableException(
                "no solution was found; gave up " + why,
                "narrow the versions that the profile allows, or allow more time",
                new Proof(List.of(), List.of(), List.of(), List.of(), null));
    }

    private static String message(Proof proof) {
        List<String> sentences = proof.explanation;
        int from = Math.max(0, sentences.size() - SHOWN);
        StringBuilder result = new StringBuilder("the profile cannot be resolved:");
        if (from > 0) {
            result.append("\n  (sentences 1 to ").append(from).append(" are left out)");
        }
        for (int i = from; i < sentences.size(); i++) {
            result.append("\n  ").append(i + 1).append(". ").append(sentences.get(i));
        }
        return result.toString();
    }

    /** The whole explanation, a sentence each; a number in brackets refers to a sentence before, counted from 1. */
    public List<String> explanation() {
        return proof.explanation;
    }

    /** Those requirements of the profile that cannot be satisfied together, sorted; empty if the search was given up. */
    public List<Requirement> requirements() {
        return proof.requirements;
    }

    /** Requirements that nothing satisfies, and that the failure follows from. */
    List<Requirement> unmatched() {
        return proof.unmatched;
    }

    /** The profile's choices that the failure follows from. */
    List<Reason.Rule> rules() {
        return proof.rules;
    }

    /** Whether nothing was proved, but the search was given up. */
    boolean isGivenUp() {
        return proof.explanation.isEmpty();
    }

    /** The proof that there is no solution; null if the search was given up, or the proof is too long to be useful. */
    public @Nullable Derivation derivation() {
        return proof.derivation;
    }
}
