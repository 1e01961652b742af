package dev.axiom.core.store;

import dev.axiom.core.model.PackageId;
import java.nio.file.Path;
import java.util.List;

/**
 * The outcome of adding one package.
 *
 * @param id which package the source is
 * @param isNew whether it was added; false if the same package was there
 * @param path its folder; protected by the lease it was added with
 * @param guessed whether name and version were taken from the source's file name
 * @param bytes size of its content
 * @param files number of its entries
 * @param scripts the names of a distribution's maintainer scripts, which are kept in the content and not run
 * @param remarks for the user: what may not be as it is meant
 */
public record Added(
        PackageId id,
        boolean isNew,
        Path path,
        boolean guessed,
        long bytes,
        int files,
        List<String> scripts,
        List<String> remarks) {}
