package dev.axiom.gc;

import dev.axiom.core.model.AxiomException;
import java.io.Serial;

/** A collection had to give up half way, for instance because its pool went away. What it did until then stands. */
public final class CollectionFailedException extends AxiomException {
    @Serial
    private static final long serialVersionUID = 1;

    private final transient Report report;

    CollectionFailedException(Report report, AxiomException cause) {
        super(
                cause.code(),
                "the collection gave up after " + report.collected().size() + " of "
                        + report.plan().packages().condemned().size() + " packages: " + cause.getMessage(),
                cause.hint(),
                cause);
        this.report = report;
    }

    /** What was done before. */
    public Report report() {
        return report;
    }
}
