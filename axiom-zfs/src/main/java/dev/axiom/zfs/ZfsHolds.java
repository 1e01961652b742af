package dev.axiom.zfs;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.pool.DatasetMissingException;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.HoldTag;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import jnr.constants.platform.Errno;

/** Holds on sealed datasets, all of several or none; the kernel keeps them and refuses to destroy what has one. */
final class ZfsHolds {
    private static final String FOREIGN = "foreign:";
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._:-]");
    private static final int LONGEST = 200;

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

    /** Tags as Axiom names them; a tag that others gave may have other characters, which are replaced. */
    static Set<HoldTag> tags(Set<String> found) {
        Set<HoldTag> tags = new TreeSet<>();
        for (String tag : found) {
            try {
                tags.add(new HoldTag(tag));
            } catch (AxiomException foreign) {
                String safe = FOREIGN + UNSAFE.matcher(tag).replaceAll("_");
                tags.add(new HoldTag(safe.substring(0, Math.min(safe.length(), LONGEST))));
            }
        }
        return tags;
    }

    /** Takes a tag away where it is. */
    void remove(String tag, Collection<DatasetName> datasets) {
        core.release(datasets.stream().map(names::sealed).distinct().toList(), tag);
    }
}
