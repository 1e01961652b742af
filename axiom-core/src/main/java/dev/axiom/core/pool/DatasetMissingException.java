package dev.axiom.core.pool;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.Serial;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Datasets that an operation needs do not exist (any more); the operation changed nothing. */
public final class DatasetMissingException extends AxiomException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient List<DatasetName> missing;

    public DatasetMissingException(Collection<DatasetName> missing) {
        super(
                ErrorCode.NOT_FOUND,
                "no such dataset: "
                        + missing.stream().sorted().map(DatasetName::value).collect(Collectors.joining(", ")));
        this.missing = List.copyOf(missing);
    }

    private DatasetMissingException(DatasetName name, @Nullable Throwable cause) {
        super(ErrorCode.NOT_FOUND, name + " was removed meanwhile", "axiom package list", cause);
        this.missing = List.of(name);
    }

    /**
     * A dataset went while somebody looked at it without a lease.
     *
     * @param cause what the look came to; null if it seemed to succeed
     */
    static DatasetMissingException meanwhile(DatasetName name, @Nullable Throwable cause) {
        return new DatasetMissingException(name, cause);
    }

    /** Those that were not there; at least one. */
    public List<DatasetName> missing() {
        return missing;
    }
}
