package dev.axiom.gc;

import dev.axiom.core.env.EnvGeneration;
import dev.axiom.core.env.EnvSummary;
import dev.axiom.core.env.Environments;
import dev.axiom.core.env.Pruned;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.RecordKey;
import dev.axiom.core.store.RecordKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The generations of all environments. For one collection: it remembers what it listed, to remove it by. */
public final class EnvGenerations implements GenerationSource {
    private final Environments environments;
    private final Map<RecordKey, EnvGeneration> listed = new HashMap<>();

    public EnvGenerations(Environments environments) {
        this.environments = environments;
    }

    @Override
    public RecordKind kind() {
        return RecordKind.ENV;
    }

    @Override
    public List<Generation> generations() {
        Map<RecordKey, EnvGeneration> all = new HashMap<>();
        environments.prunable(generation -> false).forEach(one -> all.put(key(one), one));
        environments.list().stream().map(EnvSummary::current).forEach(one -> all.put(key(one), one));
        synchronized (listed) {
            listed.putAll(all);
        }
        List<Generation> generations = new ArrayList<>();
        all.forEach((key, one) -> generations.add(new Generation(key, one.created(), one.current())));
        return generations;
    }

    private static RecordKey key(EnvGeneration generation) {
        return new RecordKey(RecordKind.ENV, generation.env().value(), generation.number());
    }

    @Override
    public Optional<String> remove(Lease owner, Generation generation) {
        EnvGeneration known;
        synchronized (listed) {
            known = listed.get(generation.key());
        }
        return known == null
                ? Optional.of("it was not listed")
                : environments.prune(owner, List.of(known)).stream()
                        .map(Pruned::kept)
                        .flatMap(Optional::stream)
                        .findFirst();
    }
}
