package dev.axiom.core.store;

import dev.axiom.core.archive.Metadata;
import dev.axiom.core.archive.TreeListing;
import dev.axiom.core.format.DependenciesCodec;
import dev.axiom.core.format.ManifestCodec;
import dev.axiom.core.format.ProvenanceCodec;
import dev.axiom.core.format.Source;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Dependencies;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.Manifest;
import dev.axiom.core.model.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The folder of a sealed package: its content below {@code root/}, and the documents beside it. Every method throws
 * {@link AxiomException} {@code CORRUPT}, naming the file, if it is missing or damaged, {@code UNAVAILABLE} if it cannot
 * be read.
 *
 * @param path as {@link PackageStore#open} gave it
 */
public record PackageFolder(Path path) {
    private static final String ROOT = "root";

    /** The top of the content. */
    public Path root() {
        return path.resolve(ROOT);
    }

    public Manifest manifest() {
        return ManifestCodec.read(source(Metadata.MANIFEST));
    }

    public Dependencies dependencies() {
        return DependenciesCodec.read(source(Metadata.DEPENDENCIES));
    }

    public Provenance provenance() {
        return ProvenanceCodec.read(source(Metadata.PROVENANCE));
    }

    public TreeListing listing() {
        return TreeListing.parse(path.resolve(TreeListing.FILE_NAME).toString(), read(TreeListing.FILE_NAME));
    }

    private Source source(String name) {
        return Source.ofStore(path.resolve(name).toString(), read(name));
    }

    byte[] read(String name) {
        Path file = path.resolve(name);
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException gone) {
            throw new AxiomException(ErrorCode.CORRUPT, file + " is missing", "axiom package verify --all", gone);
        } catch (IOException e) {
            throw AxiomException.io("read " + file, e);
        }
    }
}
