package dev.axiom.core.store;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.pool.HoldTag;
import java.util.Arrays;
import java.util.Optional;

/**
 * Names one persistent root.
 *
 * @param kind what it is
 * @param owner the profile's, environment's or pin's name
 * @param generation from 1; 0 for a pin, which has none
 */
public record RecordKey(RecordKind kind, String owner, int generation) implements Comparable<RecordKey> {

    /** @throws AxiomException {@code INVALID} if the generation does not suit the kind */
    public RecordKey {
        if (kind.hasGenerations() != generation > 0) {
            throw new AxiomException(ErrorCode.INVALID, "generation " + generation + " does not exist");
        }
    }

    /** The tag of its holds: {@code profile:dev:3}, {@code pin:base}. */
    public HoldTag tag() {
        return new HoldTag(
                kind.hasGenerations() ? kind.word() + ":" + owner + ":" + generation : kind.word() + ":" + owner);
    }

    /** The command that removes it; of a generation, one that is not the current one. */
    public String removal() {
        return switch (kind) {
            case PROFILE -> "axiom profile delete " + owner + " --generation " + generation;
            case ENV -> "axiom env remove " + owner + " --generation " + generation;
            default -> "axiom root remove " + owner;
        };
    }

    /** The record whose holds carry this tag; empty if it is no record's. */
    public static Optional<RecordKey> of(HoldTag tag) {
        String[] parts = tag.value().split(":", -1);
        return Arrays.stream(RecordKind.values())
                .filter(kind -> kind.word().equals(parts[0]) && parts.length == (kind.hasGenerations() ? 3 : 2))
                .findFirst()
                .flatMap(kind -> of(kind, parts));
    }

    private static Optional<RecordKey> of(RecordKind kind, String[] parts) {
        try {
            return Optional.of(new RecordKey(kind, parts[1], kind.hasGenerations() ? Integer.parseInt(parts[2]) : 0));
        } catch (AxiomException | NumberFormatException foreign) {
            return Optional.empty();
        }
    }

    /** For people: {@code profile dev generation 3}, {@code pin base}. */
    @Override
    public String toString() {
        return kind.hasGenerations()
                ? kind.word() + " " + owner + " generation " + generation
                : kind.word() + " " + owner;
    }

    @Override
    public int compareTo(RecordKey other) {
        int byKind = kind.compareTo(other.kind);
        int byOwner = byKind != 0 ? byKind : owner.compareTo(other.owner);
        return byOwner != 0 ? byOwner : Integer.compare(generation, other.generation);
    }
}
