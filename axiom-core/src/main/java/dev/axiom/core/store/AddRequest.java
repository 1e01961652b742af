package dev.axiom.core.store;

import dev.axiom.core.archive.UnpackOptions;
import dev.axiom.core.format.Source;
import dev.axiom.core.model.PackageName;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What to make a package of.
 *
 * @param source a folder or an archive
 * @param options how to read it
 * @param said what the caller says of the package; it outweighs what the source says
 */
public record AddRequest(Path source, UnpackOptions options, Said said) {

    /**
     * Metadata from outside of the source; each part may be missing.
     *
     * @param name its name
     * @param version its version, in the scheme of the manifest
     * @param revision its revision
     * @param manifest a {@code manifest.yaml} in place of the source's
     * @param dependencies a {@code deps.yaml} in place of the source's
     */
    public record Said(
            Optional<PackageName> name,
            Optional<String> version,
            Optional<Integer> revision,
            Optional<Source> manifest,
            Optional<Source> dependencies) {
        /** Everything is in the source, or guessed from its name. */
        public static final Said NOTHING =
                new Said(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
