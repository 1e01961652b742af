package dev.axiom.cli.command;

import dev.axiom.cli.Environment;
import dev.axiom.cli.Typed;
import dev.axiom.core.format.Source;
import dev.axiom.core.model.Manifest;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Version;
import dev.axiom.core.store.AddRequest;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what a source is a package of. */
final class MetadataOptions {
    @Option(names = "--name", paramLabel = "NAME", description = "The package's name.")
    @Nullable
    String name;

    @Option(names = "--version", paramLabel = "VERSION", description = "The package's version.")
    @Nullable
    String version;

    @Option(names = "--revision", paramLabel = "N", description = "The package's revision (1).")
    @Nullable
    Integer revision;

    @Option(names = "--manifest", paramLabel = "FILE", description = "Take this manifest.yaml, not the source's.")
    @Nullable
    Path manifest;

    @Option(names = "--deps", paramLabel = "FILE", description = "Take this deps.yaml, not the source's.")
    @Nullable
    Path deps;

    /** Whether any of them was given: they are true of one source only. */
    boolean areGiven() {
        return name != null || version != null || revision != null || manifest != null || deps != null;
    }

    /** @throws dev.axiom.core.model.AxiomException {@code USAGE} if a value is not valid; {@code UNAVAILABLE} if a file cannot be read */
    AddRequest.Said toSaid(Environment environment) {
        Optional<String> stated = Optional.ofNullable(version);
        // Whether it is one of the scheme that the source has shows only when that is read.
        stated.filter(text -> !Version.isOfAny(text)).ifPresent(text -> Typed.value(() -> Version.parse(text)));
        return new AddRequest.Said(
                Optional.ofNullable(name).map(typed -> Typed.value(() -> new PackageName(typed))),
                stated,
                Optional.ofNullable(revision).map(typed -> Typed.value(() -> Manifest.requireRevision(typed))),
                Optional.ofNullable(manifest).map(environment::resolve).map(Source::userFile),
                Optional.ofNullable(deps).map(environment::resolve).map(Source::userFile));
    }
}
