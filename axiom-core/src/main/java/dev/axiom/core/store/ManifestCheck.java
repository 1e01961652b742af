package dev.axiom.core.store;

import dev.axiom.core.archive.Metadata;
import dev.axiom.core.format.ManifestCodec;
import dev.axiom.core.format.Source;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.pool.DatasetMissingException;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Pool;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Looks at the manifests of many packages: whether each is there and as Axiom wrote it. Where files cannot be read as they
 * lie, it looks at none. What seems wrong is looked at again, by {@link Pool#glance}, which knows a damaged package from
 * one that went meanwhile. Locking: none.
 */
final class ManifestCheck {
    private final Pool pool;

    /** Larger than most manifests by far; a larger one is read the slow way. */
    private final byte[] buffer = new byte[16 << 10];

    ManifestCheck(Pool pool) {
        this.pool = pool;
    }

    /** @param trouble told of each that is damaged, {@code CORRUPT}, naming the file */
    void run(Collection<StoredPackage> packages, Consumer<AxiomException> trouble) {
        for (StoredPackage stored : packages) {
            Optional<Path> folder = pool.folderAtRest(stored.dataset());
            if (folder.isPresent() && !isIntact(folder.get())) {
                damage(stored).ifPresent(trouble);
            }
        }
    }

    /** One open, read and close, with the JDK's old classes, which cost half as much as the new ones. */
    private boolean isIntact(Path folder) {
        File file = folder.resolve(Metadata.MANIFEST).toFile();
        if (!file.isFile()) { // a fifo would keep us waiting
            return false;
        }
        try (FileInputStream in = new FileInputStream(file)) {
            int length = in.readNBytes(buffer, 0, buffer.length);
            return length < buffer.length && ManifestCodec.isIntact(buffer, length);
        } catch (IOException e) {
            return false; // the second look says why
        }
    }

    /** Empty if it is not damaged after all, or gone. */
    private Optional<AxiomException> damage(StoredPackage stored) {
        DatasetName name = stored.dataset();
        try {
            return pool.glance(name, folder -> reason(folder.resolve(Metadata.MANIFEST)))
                    .map(reason -> corrupt(stored, reason));
        } catch (DatasetMissingException gone) {
            return Optional.empty();
        }
    }

    private static Optional<String> reason(Path file) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                return Optional.of(file + " is not a file");
            }
            ManifestCodec.checkIntact(Source.storeFile(file));
            return Optional.empty();
        } catch (AxiomException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static AxiomException corrupt(StoredPackage stored, String reason) {
        return new AxiomException(
                ErrorCode.CORRUPT,
                reason,
                "restore the file, or give the package up: axiom package remove " + stored.id()
                        + "; what else is damaged in it says: axiom package verify " + stored.id(),
                null);
    }
}
