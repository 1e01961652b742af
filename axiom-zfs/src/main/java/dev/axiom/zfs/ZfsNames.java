package dev.axiom.zfs;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.pool.DatasetName;
import java.util.regex.Pattern;

/**
 * Whole names of datasets, as ZFS wants them. A {@link DatasetName} has only characters that ZFS allows, so that nothing
 * needs to be encoded; the root is checked here.
 *
 * @param root the pool's dataset, such as {@code tank/axiom}
 */
record ZfsNames(String root) {
    static final DatasetName STORE = new DatasetName("store");
    static final DatasetName ENV = new DatasetName("env");
    static final DatasetName STAGING = new DatasetName("staging");
    static final DatasetName TRASH = new DatasetName("trash");
    static final DatasetName STATE = new DatasetName("state");

    static final String FORMAT = "axiom.pool:format";
    static final String DEAD_SINCE = "axiom.pool:dead-since";
    static final String DOOMED = "axiom.pool:doomed";

    /** What {@link #DOOMED} says while a program takes the seal again: it may lack properties still, and is none. */
    static final String RESEALING = "resealing";

    /** Where a dataset in the trash was before. */
    static final String ORIGIN = "axiom.pool:origin";

    /** When the stream last broke off that a part is of. */
    static final String BROKEN_OFF = "axiom.pool:broken-off";

    /** Before the keys that a dataset is sealed with. */
    static final String PROPERTY = "axiom:";

    private static final String SEALED = "@sealed";
    private static final int LONGEST = 255; // zfs(8), with the snapshot
    private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z][A-Za-z0-9_.:-]*(/[A-Za-z0-9_][A-Za-z0-9_.:-]*)*");

    /** @throws AxiomException {@code INVALID} if no pool can be there, and why */
    ZfsNames {
        int room = LONGEST - 1 - DatasetName.MAX_LENGTH - SEALED.length();
        if (!GRAMMAR.matcher(root).matches()) {
            throw new AxiomException(
                    ErrorCode.INVALID, "'" + root + "' is no ZFS dataset's name", "as in --pool zfs:tank/axiom", null);
        }
        if (root.length() > room) {
            throw new AxiomException(
                    ErrorCode.INVALID,
                    "'" + root + "' is too long for a pool: " + room + " characters at most",
                    "names below it need the rest of ZFS's 255",
                    null);
        }
    }

    /** The ZFS pool. */
    String zpool() {
        int slash = root.indexOf('/');
        return slash < 0 ? root : root.substring(0, slash);
    }

    String filesystem(DatasetName name) {
        return root + "/" + name;
    }

    /** The snapshot that makes a dataset whole. */
    String sealed(DatasetName name) {
        return filesystem(name) + SEALED;
    }

    /** What is below the root in a file system's or snapshot's whole name. */
    DatasetName name(String whole) {
        int at = whole.indexOf('@');
        String filesystem = at < 0 ? whole : whole.substring(0, at);
        String below = filesystem.substring(root.length() + 1);
        String leaf = below.substring(below.lastIndexOf('/') + 1);
        if (!DatasetName.isComponent(leaf)) {
            throw new AxiomException(
                    ErrorCode.CORRUPT, filesystem + " is none of Axiom's datasets", "move it out of the pool", null);
        }
        return new DatasetName(below);
    }
}
