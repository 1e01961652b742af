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
import org.jspecify.annotations.Nullable;

/** Dead-since: a user property of the sealed snapshot, written by channel programs, a batch in one transaction. */
final class ZfsMarks {
    private final ZfsNames names;
    private final ZfsCore core;

    ZfsMarks(ZfsNames names, ZfsCore core) {
        this.names = names;
        this.core = core;
    }

    /** Marks what nobody holds at that moment. */
    void mark(Collection<DatasetName> datasets, Instant since) {
        batches(datasets, batch -> run(ZfsProgram.MARK, batch, since.toString()));
    }

    /** Takes the mark from those that carry one; looks first, since most do not and a look needs no transaction. */
    void clear(Collection<DatasetName> datasets) {
        batches(datasets, batch -> {
            Map<String, Object> marked = run(ZfsProgram.MARKED, batch, null);
            if (!marked.isEmpty()) {
                run(
                        ZfsProgram.CLEAR,
                        marked.keySet().stream()
                                .map(key -> batch.get(Integer.parseInt(key)))
                                .toList(),
                        null);
            }
        });
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

    private Map<String, Object> run(ZfsProgram program, List<DatasetName> batch, @Nullable String since) {
        try (NvList arguments = core.newList()) {
            arguments.put("names", list -> {
                for (int i = 0; i < batch.size(); i++) {
                    list.put(Integer.toString(i), names.filesystem(batch.get(i)));
                }
            });
            if (since != null) {
                arguments.put("since", since);
            }
            Map<String, Object> result = core.run(names.zpool(), program, arguments);
            if (program.changes() && !result.isEmpty()) {
                Map.Entry<String, Object> first = result.entrySet().iterator().next();
                throw ZfsOperation.PROGRAM.failed(
                        names.sealed(batch.get(Integer.parseInt(first.getKey()))),
                        ((Long) first.getValue()).intValue());
            }
            return result;
        }
    }

    /** A mark as it is stored. @throws AxiomException {@code CORRUPT} if it is no time */
    static Optional<Instant> parse(String snapshot, @Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            throw new AxiomException(
                    ErrorCode.CORRUPT,
                    snapshot + ": its " + ZfsNames.DEAD_SINCE + " is no time: '" + text + "'",
                    "zfs inherit " + ZfsNames.DEAD_SINCE + " " + snapshot,
                    e);
        }
    }
}
