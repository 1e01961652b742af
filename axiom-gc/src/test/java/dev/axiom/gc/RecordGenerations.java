package dev.axiom.gc;

import dev.axiom.core.pool.Condemned;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Destruction;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.RecordFile;
import dev.axiom.core.store.RecordKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Generations straight from the records; the highest of each owner counts as the current one. */
final class RecordGenerations implements GenerationSource {
    private final TestStore store;
    private final RecordKind kind;

    RecordGenerations(TestStore store, RecordKind kind) {
        this.store = store;
        this.kind = kind;
    }

    @Override
    public RecordKind kind() {
        return kind;
    }

    @Override
    public List<Generation> generations() {
        List<RecordFile> ready = store.records().list(kind).stream()
                .filter(record -> record.state() == RecordFile.State.READY)
                .toList();
        Map<String, Integer> highest = new HashMap<>();
        ready.forEach(record -> highest.merge(record.key().owner(), record.key().generation(), Math::max));
        List<Generation> generations = new ArrayList<>();
        for (RecordFile record : ready) {
            boolean current = record.key().generation()
                    == highest.getOrDefault(record.key().owner(), 0);
            generations.add(new Generation(record.key(), created(record), current));
        }
        return generations;
    }

    private static Instant created(RecordFile record) {
        try {
            return Files.getLastModifiedTime(record.path()).toInstant();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<String> remove(Lease owner, Generation generation) {
        boolean removed = store.records().remove(owner, generation.key(), () -> destroyFiles(owner, generation));
        return removed ? Optional.empty() : Optional.of("it is in use");
    }

    private boolean destroyFiles(Lease owner, Generation generation) {
        if (kind != RecordKind.ENV) {
            return true;
        }
        DatasetName name = Marking.environment(generation.key());
        Destruction result = store.pool()
                .destroyUnheld(owner, List.of(new Condemned(name, Optional.empty())))
                .get(0);
        return result.outcome() == Destruction.Outcome.DESTROYED || result.outcome() == Destruction.Outcome.MISSING;
    }
}
