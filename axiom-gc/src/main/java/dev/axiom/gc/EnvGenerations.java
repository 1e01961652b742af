package dev.axiom.gc;

import dev.axiom.core.env.EnvGeneration;
import dev.axiom.core.env.EnvSummary;
import dev.axiom.core.env.Environments;
import dev.axiom.core.env.Pruned;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.RecordKey;
import dev.axiom.core.store.RecordKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        Map<RecordKey, EnvGeneration> all =
                new HashMap<>(); // by key, because a rollback may come between the two looks
        environments.prunable(generation -> false).forEach(one -> all.put(key(one), one));
        environments.list().stream().map(EnvSummary::current).forEach(one -> all.put(key(one), one));
        List<Generation> generations = new ArrayList<>();
        all.forEach((key, one) -> generations.add(new Generation(key, one.created(), one.current())));
        return generations;
    }

    private static RecordKey key(EnvGeneration generation) {
        return new RecordKey(RecordKind.ENV, generation.env().value(), generation.number());
    }

    @Override
    public Optional<String> remove(Lease owner, Generation generation) {
        List<EnvGeneration> found = environments.prunable(one -> !key(one).equals(generation.key()));
        if (found.isEmpty()) {
            return environments
                    .current(new EnvName(generation.key().owner()))
                    .filter(now -> key(now.current()).equals(generation.key()))
                    .map(now -> "it is the current one");
        }
        return environments.prune(owner, found).stream()
                .map(Pruned::kept)
                .flatMap(Optional::stream)
                .findFirst();
    }
}
