package dev.axiom.core.env;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.EnvRecord;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.store.RecordFile;
import dev.axiom.core.store.RecordKey;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.Records;
import dev.axiom.core.store.Rereading;
import dev.axiom.core.store.StateFile;
import dev.axiom.core.store.StoreLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads what there is of environments: records, datasets and pointers. Locking: none; what it says may be old. */
final class EnvCatalog {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    final Pool pool;
    final StoreLayout layout;
    final Records records;

    EnvCatalog(Pool pool, StoreLayout layout, Records records) {
        this.pool = pool;
        this.layout = layout;
        this.records = records;
    }

    /** The environments that have a ready generation, sorted. */
    List<EnvName> names() {
        return ready().map(record -> new EnvName(record.key().owner()))
                .distinct()
                .sorted()
                .toList();
    }

    private Stream<RecordFile> ready() {
        return records.list(RecordKind.ENV).stream().filter(EnvCatalog::isReady);
    }

    /** The environments that have a folder, in any order; {@code trouble} is told of what else lies beside these. */
    List<EnvName> folders(Consumer<AxiomException> trouble) {
        return records.owners(RecordKind.ENV, trouble).stream()
                .map(EnvName::new)
                .toList();
    }

    /** The environments that have datasets, in any order; {@code trouble} is told of what else lies beside these. */
    List<EnvName> parents(Consumer<AxiomException> trouble) {
        List<EnvName> names = new ArrayList<>();
        for (DatasetName parent : pool.parents(StoreLayout.ENV, trouble)) {
            try {
                names.add(new EnvName(parent.leaf()));
            } catch (AxiomException notOurs) {
                trouble.accept(new AxiomException(
                        ErrorCode.CORRUPT,
                        parent + " in the pool is none of Axiom's: no environment has such a name",
                        "move it out of the pool",
                        notOurs));
            }
        }
        return names;
    }

    /**
     * The ready generations, the oldest first; read again if the pointer moved away from the one that it named. If it names
     * none of them, the newest counts as the current one: that is where the next recovery points.
     */
    List<EnvGeneration> generations(EnvName env) {
        return Rereading.of("environment '" + env + "'", () -> {
            Optional<Integer> current = folder(env).current();
            List<EnvGeneration> generations = generations(env, current);
            if (generations.stream().anyMatch(EnvGeneration::current)) {
                return Optional.of(generations);
            }
            return folder(env).current().equals(current)
                    ? Optional.of(withNewestAsCurrent(generations))
                    : Optional.empty();
        });
    }

    private static List<EnvGeneration> withNewestAsCurrent(List<EnvGeneration> generations) {
        List<EnvGeneration> marked = new ArrayList<>(generations);
        if (!marked.isEmpty()) {
            marked.add(marked.remove(marked.size() - 1).asCurrent());
        }
        return marked;
    }

    private List<EnvGeneration> generations(EnvName env, Optional<Integer> current) {
        List<RecordFile> ready = records.list(RecordKind.ENV, env.value()).stream()
                .filter(EnvCatalog::isReady)
                .toList();
        List<EnvGeneration> generations = new ArrayList<>();
        for (RecordFile file : ready) {
            boolean isCurrent = current.equals(Optional.of(file.key().generation()));
            read(file, isCurrent).ifPresent(generations::add);
        }
        return generations;
    }

    /** Empty if the record has been removed since it was listed. */
    private Optional<EnvGeneration> read(RecordFile file, boolean current) {
        Optional<EnvRecord> record = record(file.key());
        return file.created().flatMap(created -> record.map(found -> new EnvGeneration(found, created, current)));
    }

    /** The record of a generation in any state. */
    Optional<EnvRecord> record(RecordKey key) {
        return records.env(key);
    }

    EnvGeneration generation(EnvName env, int number) {
        return generations(env).stream()
                .filter(generation -> generation.number() == number)
                .findFirst()
                .orElseThrow(() -> noSuchGeneration(env, number));
    }

    static AxiomException noSuchGeneration(EnvName env, int number) {
        return new AxiomException(
                ErrorCode.NOT_FOUND,
                "environment '" + env + "' has no generation " + number,
                "axiom env generations " + env,
                null);
    }

    static AxiomException noSuchEnv(EnvName env) {
        return new AxiomException(
                ErrorCode.NOT_FOUND,
                "there is no environment '" + env + "'",
                "axiom env list, or axiom env realize " + env + " PROFILE",
                null);
    }

    EnvFolder folder(EnvName env) {
        return new EnvFolder(layout, env);
    }

    static RecordKey key(EnvName env, int generation) {
        return new RecordKey(RecordKind.ENV, env.value(), generation);
    }

    /** The highest number of a record in any state or of a dataset; 0 if there is none. */
    int highest(EnvName env) {
        IntStream recorded = records.list(RecordKind.ENV, env.value()).stream()
                .mapToInt(record -> record.key().generation());
        return IntStream.concat(recorded, datasets(env).stream().mapToInt(EnvCatalog::number))
                .max()
                .orElse(0);
    }

    /** The datasets of generations, with a record or without one. */
    private List<DatasetName> datasets(EnvName env) {
        return pool.list(StoreLayout.envParent(env)).stream()
                .map(Dataset::name)
                .filter(name -> NUMBER.matcher(name.leaf()).matches())
                .toList();
    }

    private static int number(DatasetName dataset) {
        return Integer.parseInt(dataset.leaf());
    }

    /** The datasets of generations that have no record in any state. A hint, unless the environment is locked. */
    List<DatasetName> orphans(EnvName env) {
        List<DatasetName> datasets = datasets(env); // first: a generation gets its dataset before its record
        List<Integer> recorded = records.list(RecordKind.ENV, env.value()).stream()
                .map(record -> record.key().generation())
                .toList();
        return datasets.stream()
                .filter(dataset -> !recorded.contains(number(dataset)))
                .toList();
    }

    /** The ready generations whose datasets are missing: nothing that Axiom does can lead there. */
    List<RecordKey> damaged() {
        return damaged(ready());
    }

    /** As {@link #damaged()}, of one environment. */
    List<RecordKey> damaged(EnvName env) {
        return damaged(records.list(RecordKind.ENV, env.value()).stream().filter(EnvCatalog::isReady));
    }

    private List<RecordKey> damaged(Stream<RecordFile> ready) {
        return ready.filter(record -> !hasDataset(record.key()))
                .filter(record ->
                        StateFile.exists(record.path())) // else it was removed since, together with its dataset
                .map(RecordFile::key)
                .toList();
    }

    boolean hasDataset(RecordKey key) {
        return pool.find(StoreLayout.envDataset(new EnvName(key.owner()), key.generation()))
                .isPresent();
    }

    /** Whether a generation has a ready record, by its name: the record is not read. */
    boolean hasReady(RecordKey key) {
        return records.list(RecordKind.ENV, key.owner()).stream()
                .anyMatch(record -> record.key().equals(key) && isReady(record));
    }

    static boolean isReady(RecordFile record) {
        return record.state() == RecordFile.State.READY;
    }

    static AxiomException damaged(RecordKey key) {
        return new AxiomException(
                ErrorCode.CORRUPT,
                key + " has a record, but its files are missing from the pool",
                "remove it with: axiom env remove " + key.owner() + " --generation " + key.generation()
                        + "; or make a new one with: axiom env realize --force",
                null);
    }
}
