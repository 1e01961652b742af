package dev.axiom.cli.command.gc;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.profile.Locked;
import dev.axiom.core.profile.Profiles;
import dev.axiom.core.store.RecordKey;
import dev.axiom.core.store.RecordKind;
import dev.axiom.gc.Generation;
import dev.axiom.gc.GenerationSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The generations of all profiles, for the collector. */
final class ProfileGenerations implements GenerationSource {
    private final Profiles profiles;

    ProfileGenerations(Profiles profiles) {
        this.profiles = profiles;
    }

    @Override
    public RecordKind kind() {
        return RecordKind.PROFILE;
    }

    @Override
    public List<Generation> generations() {
        return profiles.list().stream().flatMap(this::generations).toList();
    }

    /** None of a profile that was deleted since it was listed. */
    private Stream<Generation> generations(ProfileName name) {
        try {
            return profiles.history(name).stream()
                    .map(generation -> new Generation(
                            new RecordKey(RecordKind.PROFILE, name.value(), generation.number()),
                            generation.created(),
                            generation.current()));
        } catch (AxiomException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Stream.empty();
            }
            throw e;
        }
    }

    @Override
    public Optional<String> remove(Lease owner, Generation generation) {
        ProfileName name = new ProfileName(generation.key().owner());
        int number = generation.key().generation();
        try {
            if (profiles.prune(owner, name, number)) {
                return Optional.empty();
            }
            boolean current = profiles.current(name).map(Locked::generation).equals(Optional.of(number));
            return current ? Optional.of("it is the current one") : Optional.empty();
        } catch (AxiomException e) {
            return switch (e.code()) {
                case NOT_FOUND -> Optional.empty();
                case BUSY -> Optional.of(String.valueOf(e.getMessage()));
                default -> throw e;
            };
        }
    }
}
