package dev.axiom.zfs;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Pool;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Dead-since: a user property of the sealed snapshot, written by channel programs, a batch in one transaction. Where
 * programs are not permitted, one after another: a mark that met a hold is taken back.
 */
final class ZfsMarks {
    private static final int SNAPSHOT = ThreadSafeZfs.SNAPSHOT;

    private final ZfsNames names;
    private final ThreadSafeZfs zfs;

    ZfsMarks(ZfsNames names, ThreadSafeZfs zfs) {
        this.names = names;
        this.zfs = zfs;
    }

    /** Marks what nobody holds at that moment. */
    void mark(Collection<DatasetName> datasets, Instant since) {
        batches(datasets, batch -> {
            if (run(ZfsProgram.MARK, batch, since.toString()).isEmpty()) {
                batch.forEach(name -> mark(names.sealed(name), since.toString()));
            }
        });
    }

    private void mark(String snapshot, String since) {
        if (isFree(snapshot)) {
            zfs.set(snapshot, SNAPSHOT, ZfsNames.DEAD_SINCE, since);
            if (!isFree(snapshot)) {
                clear(snapshot);
            }
        }
    }

    private boolean isFree(String snapshot) {
        return zfs.core().holds(snapshot).map(Set::isEmpty).orElse(false);
    }

    /** Takes the mark from those that carry one; looks first, since most do not and a look needs no transaction. */
    void clear(Collection<DatasetName> datasets) {
        batches(datasets, batch -> {
            Optional<Map<String, Object>> marked = run(ZfsProgram.MARKED, batch, null);
            if (marked.isEmpty()) {
                batch.forEach(name -> clear(names.sealed(name)));
            } else if (!marked.get().isEmpty()) {
                List<DatasetName> all = marked.get().keySet().stream()
                        .map(number -> batch.get(Integer.parseInt(number)))
                        .toList();
                run(ZfsProgram.CLEAR, all, null);
            }
        });
    }

    private void clear(String snapshot) {
        boolean marked = zfs.read(snapshot, SNAPSHOT)
                .map(facts -> facts.own().containsKey(ZfsNames.DEAD_SINCE))
                .orElse(false);
        if (marked) {
            zfs.unset(snapshot, SNAPSHOT, ZfsNames.DEAD_SINCE);
        }
    }

    private interface Step {
        void run(List<DatasetName> batch);
    }

    private static void batches(Collection<DatasetName> datasets, Step step) {
        List<DatasetName> all = datasets.stream().distinct().toList();
        for (int from = 0; from < all.size(); from += Pool.BATCH) {
            step.run(all.subList(from, Math.min(from + Pool.BATCH, all.size())));
        }
    }

    /** Empty where programs are not permitted. */
    private Optional<Map<String, Object>> run(ZfsProgram program, List<DatasetName> batch, @Nullable String since) {
        try (NvList arguments = zfs.core().newList()) {
            arguments.put("names", batch.stream().map(names::filesystem).toList());
            if (since != null) {
                arguments.put("since", since);
            }
            Optional<Map<String, Object>> result = zfs.core().runIfPermitted(names.zpool(), program, arguments);
            if (program.changes()) {
                result.ifPresent(failed -> requireNone(failed, batch));
            }
            return result;
        }
    }

    private void requireNone(Map<String, Object> failed, List<DatasetName> batch) {
        failed.forEach((number, errno) -> {
            throw ZfsOperation.MARK.failed(
                    names.sealed(batch.get(Integer.parseInt(number))), ((Long) errno).intValue());
        });
    }

    /** A time among a dataset's own properties. @throws AxiomException {@code CORRUPT} if it is none */
    static Optional<Instant> time(String dataset, String property, Map<String, String> own) {
        String text = own.get(property);
        try {
            return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw new AxiomException(
                    ErrorCode.CORRUPT,
                    dataset + ": its " + property + " is no time: '" + text + "'",
                    "zfs inherit " + property + " " + dataset,
                    e);
        }
    }
}
