package dev.axiom.zfs;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.Mount;
import dev.axiom.core.pool.DatasetName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jnr.constants.platform.Errno;

/**
 * Makes and recognises a {@link ZfsPool}. The root's property {@link ZfsNames#FORMAT} says {@code making} once the
 * dataset was found empty, and the version when all is there. Native properties are set here alone, on the parents;
 * everything below inherits them, so that making a dataset is one transaction and nothing mounts by itself.
 */
final class ZfsPoolSetup {
    static final String LEASES = "leases";

    private static final String MAKING = "making";
    private static final long OFF = 0;
    private static final long ON = 1;
    private static final long LZ4 = 15; // enum zio_compress
    private static final long XATTR_SA = 2;
    private static final long SYNC_STANDARD = 0; // enum zfs_sync_type
    private static final long SYNC_DISABLED = 2;
    private static final long CASE_SENSITIVE = 0;

    /** Bytes for leases and records when all else is full, so that a full pool can still be collected. */
    private static final long RESERVED = 8L << 20;

    private final ThreadSafeZfs zfs;
    private final ZfsNames names;

    private ZfsPoolSetup(ThreadSafeZfs zfs, ZfsNames names) {
        this.zfs = zfs;
        this.names = names;
    }

    /** @throws AxiomException {@code UNAVAILABLE} unless this is a pool of a version that we know */
    static void check(ThreadSafeZfs zfs, ZfsNames names) {
        Optional<String> format = format(zfs, names.root());
        if (format.isEmpty() || format.get().equals(MAKING)) {
            throw unavailable(
                    "there is no pool at zfs:" + names.root(),
                    "make one with: axiom --pool zfs:" + names.root() + " setup");
        }
        if (!format.get().equals(ZfsPool.VERSION)) {
            throw unavailable(
                    "the pool zfs:" + names.root() + " has the format '" + format.get() + "'; this Axiom knows '"
                            + ZfsPool.VERSION + "'",
                    "use the Axiom that made it, or a newer one");
        }
    }

    static boolean isThere(ThreadSafeZfs zfs, ZfsNames names) {
        return format(zfs, names.root())
                .filter(format -> !format.equals(MAKING))
                .isPresent();
    }

    /**
     * Lets the reservation of the state folder grow with it: a reservation counts what is there already (zfsprops(7),
     * refreservation). If the ZFS pool or a quota has no room for more, it stays as it is, until a later call.
     */
    static void keepRoom(ThreadSafeZfs zfs, ZfsNames names) {
        String state = names.filesystem(ZfsNames.STATE);
        Map<String, Object> properties =
                zfs.properties(state, ThreadSafeZfs.FILESYSTEM).orElse(Map.of());
        if (properties.get("referenced") instanceof Long there
                && properties.get("refreservation") instanceof Long reserved
                && there + RESERVED / 2 > reserved) {
            try {
                zfs.set(state, ThreadSafeZfs.FILESYSTEM, "refreservation", Long.toString(there + RESERVED));
            } catch (AxiomException full) {
                // as said; whoever may not do so is not root, and only looks
            }
        }
    }

    private static Optional<String> format(ThreadSafeZfs zfs, String dataset) {
        return zfs.read(dataset, ThreadSafeZfs.FILESYSTEM)
                .map(facts -> facts.own().get(ZfsNames.FORMAT));
    }

    /** Makes the pool if it is not there; any number of processes may do so at once. */
    static void run(ThreadSafeZfs zfs, ZfsNames names) {
        if (!isThere(zfs, names)) {
            new ZfsPoolSetup(zfs, names).make();
        }
    }

    private void make() {
        ZfsMounts mounts = new ZfsMounts(names, zfs.core());
        try (FileLock lock = mounts.lock("setup", "the setup of zfs:" + names.root())) {
            if (isThere(zfs, names)) {
                return;
            }
            claim(mounts);
            for (DatasetName part : parts().keySet()) {
                remake(part, mounts);
            }
            mounts.open(ZfsNames.STATE, false);
            Files.createDirectories(mounts.path(ZfsNames.STATE).resolve(LEASES));
            zfs.set(names.root(), ThreadSafeZfs.FILESYSTEM, ZfsNames.FORMAT, ZfsPool.VERSION);
        } catch (IOException e) {
            throw AxiomException.io("make the pool zfs:" + names.root(), e);
        }
    }

    /** Makes the root, or takes one that is empty. */
    private void claim(ZfsMounts mounts) {
        refuseNesting();
        if (format(zfs, names.root()).isPresent()) {
            return; // a setup that did not come to its end
        }
        try {
            zfs.core().create(names.root(), Map.of("mountpoint", "none"));
        } catch (ZfsException e) {
            if (!e.is(Errno.EEXIST)) {
                throw e;
            }
            refuseContent(mounts.path(ZfsNames.STATE).resolveSibling(".root"));
        }
        zfs.set(names.root(), ThreadSafeZfs.FILESYSTEM, ZfsNames.FORMAT, MAKING);
    }

    private void refuseNesting() {
        String above = names.root();
        while (above.contains("/")) {
            above = above.substring(0, above.lastIndexOf('/'));
            if (format(zfs, above).isPresent()) {
                throw unavailable(
                        names.root() + " lies inside of the pool zfs:" + above, "name a dataset outside of it");
            }
        }
    }

    private void refuseContent(Path probe) {
        List<String> children = zfs.children(names.root());
        if (!children.isEmpty()) {
            throw notEmpty(children.get(0));
        }
        try {
            List<String> points = ZfsMounts.points(names.root());
            if (!points.isEmpty()) {
                refuseFiles(Path.of(points.get(0)));
                return;
            }
            Files.createDirectories(probe);
            Mount.mount(names.root(), probe, "zfs", true);
        } catch (IOException e) {
            throw AxiomException.io("look into " + names.root(), e);
        }
        try (Probe mounted = new Probe(probe)) {
            refuseFiles(mounted.folder());
        } catch (IOException e) {
            throw AxiomException.io("look into " + names.root(), e);
        }
    }

    /** A mount for a look; if it cannot be undone after a failure, that is told besides and not instead. */
    private record Probe(Path folder) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Mount.unmount(folder);
            Files.deleteIfExists(folder);
        }
    }

    private void refuseFiles(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            files.filter(file -> !file.endsWith(".zfs")).findFirst().ifPresent(file -> {
                throw notEmpty(file.getFileName().toString());
            });
        }
    }

    private AxiomException notEmpty(String what) {
        return unavailable(
                names.root() + " is not a pool and holds something else: " + what, "name an empty or a new dataset");
    }

    /** What an interrupted setup made may lack its properties, for they come after it; it is empty, so it goes. */
    private void remake(DatasetName part, ZfsMounts mounts) {
        String filesystem = names.filesystem(part);
        if (zfs.core().exists(filesystem)) {
            mounts.unmount(part);
            zfs.core().destroy(filesystem);
        }
        zfs.core().create(filesystem, parts().getOrDefault(part, Map.of()));
    }

    private static Map<DatasetName, Map<String, Object>> parts() {
        return Map.of(
                ZfsNames.STORE, properties(ON),
                ZfsNames.ENV, properties(ON),
                ZfsNames.STAGING, stagingProperties(),
                ZfsNames.TRASH, properties(ON),
                ZfsNames.STATE, stateProperties());
    }

    private static Map<String, Object> properties(long readOnly) {
        Map<String, Object> properties = new TreeMap<>();
        properties.put("mountpoint", "none");
        properties.put("readonly", readOnly);
        properties.put("atime", OFF);
        properties.put("compression", LZ4);
        properties.put("xattr", XATTR_SA);
        properties.put("devices", OFF);
        // Names are bytes, as packages have them. These three can be set at no other time, and all below has them from
        // here.
        properties.put("casesensitivity", CASE_SENSITIVE);
        properties.put("normalization", OFF);
        properties.put("utf8only", OFF);
        return properties;
    }

    /**
     * What is staged needs no intent log: unmounting would write all of it there first, and it is as good as nothing until its
     * snapshot, which returns when it is on disk whatever this property says (zfsprops(7), sync).
     */
    private static Map<String, Object> stagingProperties() {
        Map<String, Object> properties = properties(OFF);
        properties.put("sync", SYNC_DISABLED);
        return properties;
    }

    private static Map<String, Object> stateProperties() {
        Map<String, Object> properties = properties(OFF);
        properties.put("sync", SYNC_STANDARD);
        properties.put("refreservation", RESERVED);
        return properties;
    }

    private static AxiomException unavailable(String message, String hint) {
        return new AxiomException(ErrorCode.UNAVAILABLE, message, hint, null);
    }
}
