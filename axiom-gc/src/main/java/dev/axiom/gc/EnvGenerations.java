package dev.axiom.gc;

import dev.axiom.core.env.Environments;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.RecordKey;
import dev.axiom.core.store.RecordKind;
import java.util.List;
import java.util.Optional;

/** The generations of all environments. */
public final class EnvGenerations implements GenerationSource {
    private final Environments environments;

    public EnvGenerations(Environments environments) {
        this.environments = environments;
    }

    @Override
    public RecordKind kind() {
        return RecordKind.ENV;
    }

    @Override
    public List<Generation> generations() {
        return environments.allGenerations().stream()
                .map(one -> new Generation(
                        new RecordKey(RecordKind.ENV, one.env().value(), one.number()), one.created(), one.current()))
                .toList();
    }

    @Override
    public Optional<String> remove(Lease owner, Generation generation) {
        RecordKey key = generation.key();
        return environments.prune(owner, new EnvName(key.owner()), key.generation());
    }
}
