package dev.axiom.core.store;

import dev.axiom.core.archive.Difference;
import dev.axiom.core.archive.Metadata;
import dev.axiom.core.archive.TreeListing;
import dev.axiom.core.archive.TreeVerifier;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Damage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compares a package's folder to what it was sealed with: the content to its listing, the listing to the tree digest in
 * the seal, and the documents to the build id, which is made of all three. Where a package came from is no part of its
 * build id; {@code provenance.yaml} must only be readable. Changes nothing.
 */
public final class PackageVerifier {
    private static final String ROOT = "root";

    /** The last two are the pool's own: a directory's notes, and where ZFS shows snapshots. */
    private static final Set<String> EXPECTED = Set.of(
            ROOT,
            Metadata.MANIFEST,
            Metadata.DEPENDENCIES,
            Metadata.PROVENANCE,
            TreeListing.FILE_NAME,
            ".pool",
            ".zfs");

    private final PackageFolder folder;
    private final StoredPackage sealed;
    private final List<Difference> differences = new ArrayList<>();

    private PackageVerifier(PackageFolder folder, StoredPackage sealed) {
        this.folder = folder;
        this.sealed = sealed;
    }

    /**
     * Looks at every file.
     *
     * @return what is not as it was sealed, with paths below the package's folder; empty if all is well
     * @throws AxiomException {@code UNAVAILABLE} if the package cannot be read, or this user may not read all of it
     */
    public static List<Difference> verify(PackageFolder folder, StoredPackage sealed) {
        PackageVerifier verifier = new PackageVerifier(folder, sealed);
        verifier.content();
        verifier.documents();
        verifier.neighbours();
        return List.copyOf(verifier.differences);
    }

    private void content() {
        Optional<TreeListing> listing = read(TreeListing.FILE_NAME, folder::listing);
        if (listing.isEmpty()) {
            return;
        }
        if (!listing.get().digest().equals(sealed.treeDigest())) {
            changed(TreeListing.FILE_NAME, "it is not the listing that the package was sealed with");
        }
        if (!Files.isDirectory(folder.root(), LinkOption.NOFOLLOW_LINKS)) {
            differences.add(new Difference(ROOT, Difference.Kind.MISSING, "there is no such folder"));
            return;
        }
        for (Difference found : TreeVerifier.verify(folder.root(), listing.get())) {
            String path = found.path().equals(TreeVerifier.TOP) ? ROOT : ROOT + "/" + found.path();
            differences.add(new Difference(path, found.kind(), found.detail()));
        }
    }

    /** Nothing else belongs beside the content and its documents. */
    private void neighbours() {
        try (Stream<Path> files = Files.list(folder.path())) {
            files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !EXPECTED.contains(name))
                    .sorted()
                    .forEach(name ->
                            differences.add(new Difference(name, Difference.Kind.ADDED, "it is no part of a package")));
        } catch (IOException e) {
            throw AxiomException.io("list " + folder.path(), e);
        }
    }

    private void documents() {
        boolean hasManifest = read(Metadata.MANIFEST, folder::manifest).isPresent();
        boolean hasDependencies =
                read(Metadata.DEPENDENCIES, folder::dependencies).isPresent();
        if (hasManifest && hasDependencies && !isBuildIdRight()) {
            changed(
                    areDependenciesOthers() ? Metadata.DEPENDENCIES : Metadata.MANIFEST,
                    "with it the build id is not " + sealed.id().buildId());
        }
        read(Metadata.PROVENANCE, folder::provenance);
    }

    private boolean isBuildIdRight() {
        return PackageMetadata.buildId(
                        sealed.treeDigest(), folder.read(Metadata.MANIFEST), folder.read(Metadata.DEPENDENCIES))
                .equals(sealed.id().buildId());
    }

    /** Tells which of the two documents differs, as far as the seal knows. */
    private boolean areDependenciesOthers() {
        return !folder.dependencies().requirements().equals(sealed.dependencies());
    }

    private interface Reading<T> {
        T read();
    }

    private <T> Optional<T> read(String name, Reading<T> reading) {
        try {
            return Optional.of(reading.read());
        } catch (AxiomException e) {
            Damage.only(e);
            boolean there = folder.path().resolve(name).toFile().exists();
            differences.add(new Difference(
                    name, there ? Difference.Kind.CHANGED : Difference.Kind.MISSING, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private void changed(String name, String detail) {
        differences.add(new Difference(name, Difference.Kind.CHANGED, detail));
    }
}
