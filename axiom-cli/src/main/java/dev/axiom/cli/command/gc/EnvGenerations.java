package dev.axiom.cli.command.gc;

import dev.axiom.core.env.EnvGeneration;
import dev.axiom.core.env.EnvSummary;
import dev.axiom.core.env.Environments;
import dev.axiom.core.env.Pruned;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.RecordKey;
import dev.axiom.core.store.RecordKind;
import dev.axiom.gc.Generation;
import dev.axiom.gc.GenerationSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The generations of all environments, for the collector. */
final class EnvGenerations implements GenerationSource {
    private final Environments environments;

    EnvGenerations(Environments environments) {
        this.environments = environments;
    }

    @Override
    public RecordKind kind() {
        return RecordKind.ENV;
    }

    @Override
    public List<Generation> generations() {
        Stream<EnvGeneration> current = environments.list().stream().map(EnvSummary::current);
        Stream<EnvGeneration> others = environments.prunable(generation -> false).stream();
        return Stream.concat(current, others).map(EnvGenerations::generation).toList();
    }

    private static Generation generation(EnvGeneration one) {
        RecordKey key = new RecordKey(RecordKind.ENV, one.env().value(), one.number());
        return new Generation(key, one.created(), one.current());
    }

    @Override
    public Optional<String> remove(Lease owner, Generation generation) {
        EnvName env = new EnvName(generation.key().owner());
        Predicate<EnvGeneration> same = one -> one.number() == generation.key().generation();
        try {
            List<EnvGeneration> found =
                    environments.generations(env).stream().filter(same).toList();
            return environments.prune(owner, found).stream()
                    .map(Pruned::kept)
                    .flatMap(Optional::stream)
                    .findFirst();
        } catch (AxiomException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
