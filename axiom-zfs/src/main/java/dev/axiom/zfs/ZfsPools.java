package dev.axiom.zfs;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.pool.Pool;

/** Where the command line gets a pool on ZFS from. */
public final class ZfsPools {
    private ZfsPools() {}

    /**
     * Opens the pool on a dataset such as {@code tank/axiom}.
     *
     * @throws AxiomException {@code UNAVAILABLE}, always: this version has no binding to libzfs yet
     */
    @SuppressWarnings("DoNotCallSuggester") // the binding will return a pool; its callers are wired already
    public static Pool open(String dataset) {
        throw new AxiomException(
                ErrorCode.UNAVAILABLE,
                "zfs:" + dataset + ": this version of Axiom cannot use ZFS yet",
                "use a folder: --pool dir:PATH (it may lie on a ZFS file system)",
                null);
    }
}
