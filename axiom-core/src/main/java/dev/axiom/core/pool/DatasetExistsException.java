package dev.axiom.core.pool;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.Serial;

/** A dataset cannot be published, because its name is taken; the one that is there is untouched. */
public final class DatasetExistsException extends AxiomException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient DatasetName name;

    public DatasetExistsException(DatasetName name) {
        super(ErrorCode.CONFLICT, "dataset " + name + " exists already");
        this.name = name;
    }

    public DatasetName name() {
        return name;
    }
}
