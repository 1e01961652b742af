package dev.axiom.gc;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.profile.Profiles;
import dev.axiom.core.store.RecordFile;
import dev.axiom.core.store.RecordKey;
import dev.axiom.core.store.RecordKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The generations of all profiles. */
public final class ProfileGenerations implements GenerationSource {
    private final Profiles profiles;

    public ProfileGenerations(Profiles profiles) {
        this.profiles = profiles;
    }

    @Override
    public RecordKind kind() {
        return RecordKind.PROFILE;
    }

    @Override
    public List<Generation> generations() {
        return profiles.list().stream().flatMap(this::history).toList();
    }

    @Override
    public List<RecordFile> abandoned() {
        return profiles.abandoned();
    }

    /** Without a pointer nobody can tell which was current, so each counts as if it were, and none is pruned. */
    private Stream<Generation> history(ProfileName profile) {
        try {
            profiles.requireGiven(profile);
            var history = profiles.history(profile);
            boolean pointed = history.stream().anyMatch(one -> one.current());
            return history.stream()
                    .map(one -> new Generation(
                            new RecordKey(RecordKind.PROFILE, profile.value(), one.number()),
                            one.created(),
                            one.current() || !pointed));
        } catch (AxiomException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Stream.empty(); // deleted since it was listed
            }
            throw e;
        }
    }

    @Override
    public Optional<String> remove(Lease owner, Generation generation) {
        ProfileName profile = new ProfileName(generation.key().owner());
        int number = generation.key().generation();
        boolean gone = profiles.prune(owner, profile, number)
                || profiles.generation(profile, number).isEmpty();
        return gone ? Optional.empty() : Optional.of("it is the current one");
    }
}
