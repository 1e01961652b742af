package dev.axiom.zfs;

import dev.axiom.core.pool.DatasetMissingException;
import dev.axiom.core.pool.DatasetName;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jnr.constants.platform.Errno;

/** Holds on sealed datasets, all of several or none; the kernel keeps them and refuses to destroy what has one. */
final class ZfsHolds {
    private final ZfsNames names;
    private final ZfsCore core;

    ZfsHolds(ZfsNames names, ZfsCore core) {
        this.names = names;
        this.core = core;
    }

    /**
     * Holds datasets; a tag that is there already stays.
     *
     * @param cleanupFd as in {@link ZfsCore#hold}
     * @throws DatasetMissingException naming all that are missing; no hold was added then
     */
    void add(String tag, Collection<DatasetName> datasets, Optional<Integer> cleanupFd) {
        Set<String> wanted = new LinkedHashSet<>();
        datasets.forEach(name -> wanted.add(names.sealed(name)));
        while (!wanted.isEmpty()) {
            try {
                Map<String, Errno> errors = core.hold(wanted, tag, cleanupFd);
                if (!errors.isEmpty()) {
                    wanted.removeAll(errors.keySet());
                    core.release(wanted, tag);
                    throw new DatasetMissingException(missing(datasets, errors.keySet()));
                }
                return;
            } catch (ZfsException e) {
                if (!e.is(Errno.EEXIST)) {
                    throw e;
                }
                wanted.removeIf(
                        snapshot -> core.holds(snapshot).orElse(Set.of()).contains(tag));
            }
        }
    }

    /** The kernel cuts long lists of errors, so all are looked at again. */
    private Set<DatasetName> missing(Collection<DatasetName> datasets, Set<String> listed) {
        Set<DatasetName> missing = new TreeSet<>();
        for (DatasetName name : datasets) {
            String snapshot = names.sealed(name);
            if (listed.contains(snapshot) || !core.exists(snapshot)) {
                missing.add(name);
            }
        }
        return missing;
    }

    /** Takes a tag away where it is. */
    void remove(String tag, Collection<DatasetName> datasets) {
        core.release(datasets.stream().map(names::sealed).distinct().toList(), tag);
    }
}
