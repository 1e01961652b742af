package dev.axiom.core.store;

import dev.axiom.core.archive.Metadata;
import dev.axiom.core.archive.TreeListing;
import dev.axiom.core.archive.TreeSource;
import dev.axiom.core.archive.UnpackOptions;
import dev.axiom.core.archive.Unpacked;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.Interruption;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.pool.DatasetExistsException;
import dev.axiom.core.pool.DatasetMissingException;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Staging;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Makes packages: fills a staging dataset, seals it, and publishes it under the name that its content gives it. The
 * rename decides: nobody looks first whether the package is there.
 */
public final class PackageAdder {
    private static final Set<PosixFilePermission> READ_ONLY = PosixFilePermissions.fromString("r--r--r--");

    /** What packages have at their top: the folders that environments are put together of. */
    private static final Set<String> USUAL = Set.of(
            "bin", "etc", "include", "lib", "lib32", "lib64", "libexec", "man", "opt", "sbin", "share", "usr", "var");

    /** A collector may take away what is in our way just before we protect it; not so often. */
    private static final int TRIES = 100;

    private final String addedBy;
    private final Semaphore turns;

    /** @param addedBy noted as provenance, such as {@code "axiom 0.1.0"} */
    public PackageAdder(String addedBy) {
        this(addedBy, Integer.MAX_VALUE);
    }

    /**
     * For use by many threads at once. Unpacking keeps a processor busy, publishing waits for the disk, and those who
     * wait together share the wait: so there may be many more threads than can unpack at a time.
     *
     * @param unpacking how many of them may unpack at the same time
     */
    public PackageAdder(String addedBy, int unpacking) {
        this.addedBy = addedBy;
        this.turns = new Semaphore(unpacking);
    }

    /**
     * Adds one package, whole or not at all; it is durable when this returns, and protected by the lease.
     *
     * @throws AxiomException {@code NOT_FOUND} if there is no such source; {@code INVALID}, naming the entry or the
     *     document's place, if it is not acceptable; {@code UNAVAILABLE} if the pool fails; {@code INTERRUPTED} if this
     *     thread is. Nothing is left behind
     */
    public Added add(Lease lease, AddRequest request) {
        TreeSource source = TreeSource.open(request.source());
        try (Staging staging = lease.stage()) {
            Sealed sealed = sealInTurn(staging, source, request);
            DatasetName name = StoreLayout.packageDataset(sealed.id());
            boolean isNew = publish(lease, staging, name);
            return new Added(
                    sealed.id(),
                    isNew,
                    lease.open(name),
                    sealed.guessed(),
                    sealed.bytes(),
                    sealed.files(),
                    sealed.scripts(),
                    sealed.remarks());
        }
    }

    /** A package that is whole and has no name yet. */
    private record Sealed(
            PackageId id, boolean guessed, long bytes, int files, List<String> scripts, List<String> remarks) {}

    private Sealed sealInTurn(Staging staging, TreeSource source, AddRequest request) {
        try {
            turns.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Interruption.failure(e);
        }
        try {
            return seal(staging, source, request);
        } finally {
            turns.release();
        }
    }

    private Sealed seal(Staging staging, TreeSource source, AddRequest request) {
        Unpacked unpacked = source.unpack(staging.path(), request.options());
        PackageMetadata metadata = PackageMetadata.of(request, unpacked, addedBy);
        String digest = unpacked.listing().digest();
        PackageId id = metadata.manifest().id(metadata.buildId(digest));
        long documents = write(staging.path(), unpacked, metadata);
        staging.seal(
                PackageProperties.of(
                        metadata.manifest(),
                        metadata.dependencies(),
                        new PackageProperties.Sealed(id.buildId(), digest)),
                unpacked.bytes() + documents);
        return new Sealed(
                id,
                metadata.guessed(),
                unpacked.bytes(),
                unpacked.entries(),
                unpacked.scripts(),
                remarks(unpacked, request.options()));
    }

    /** Most archives have one folder at the top, which environments should not have; but "bin" may well be meant. */
    private static List<String> remarks(Unpacked unpacked, UnpackOptions options) {
        boolean plain = unpacked.sourceSha256() != null && unpacked.metadata().manifest() == null;
        if (!plain || options.strip() != 0) {
            return unpacked.remarks();
        }
        return unpacked.listing()
                .onlyFolder()
                .filter(top -> !USUAL.contains(top))
                .map(top -> List.of("everything lies in the folder " + top
                        + ", which stays; to take it off, add the archive with --strip 1"))
                .orElse(unpacked.remarks());
    }

    /** Writes the documents beside the content; returns their size in bytes. */
    private static long write(Path folder, Unpacked unpacked, PackageMetadata metadata) {
        Map<String, byte[]> documents = Map.of(
                Metadata.MANIFEST, metadata.manifestText().getBytes(StandardCharsets.UTF_8),
                Metadata.DEPENDENCIES, metadata.dependenciesText().getBytes(StandardCharsets.UTF_8),
                Metadata.PROVENANCE, metadata.provenanceText().getBytes(StandardCharsets.UTF_8),
                TreeListing.FILE_NAME, unpacked.listing().text());
        long bytes = 0;
        for (Map.Entry<String, byte[]> document : documents.entrySet()) {
            Path file = folder.resolve(document.getKey());
            try {
                Files.write(file, document.getValue());
                Files.setPosixFilePermissions(file, READ_ONLY);
            } catch (IOException e) {
                throw AxiomException.io("write " + file, e);
            }
            bytes += document.getValue().length;
        }
        return bytes;
    }

    /**
     * Returns whether ours became the package; false if it was there, which is then protected in its place.
     *
     * @throws AxiomException {@code BUSY} if it is never there and never gone
     */
    static boolean publish(Lease lease, Staging staging, DatasetName name) {
        for (int i = 0; i < TRIES; i++) {
            try {
                staging.publish(name);
                return true;
            } catch (DatasetExistsException same) {
                try {
                    lease.protect(List.of(name));
                    return false;
                } catch (DatasetMissingException collected) {
                    // it went between the two; now there is room for ours
                }
            }
        }
        throw new AxiomException(
                ErrorCode.BUSY,
                "cannot publish " + name + ": " + TRIES + " times the name was taken, and then nothing was there",
                "look who makes and removes it; if nobody does, the pool is damaged there",
                null);
    }
}
