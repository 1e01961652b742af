package dev.axiom.cli.command;

import dev.axiom.core.model.PackageId;
import java.util.stream.Stream;

/** How packages look to people. */
final class PackageText {
    private PackageText() {}

    /** Without the build id: {@code bash@5.2.15_1}. */
    static String shortName(PackageId id) {
        return id.name() + "@" + id.version() + "_" + id.revision();
    }

    /** The id, with and without its end and its scheme: what commands print and what people make of it. */
    static Stream<String> forms(PackageId id) {
        return Stream.of(id.version().toString(), id.version().qualified())
                .map(version -> id.name() + "@" + version)
                .flatMap(named -> {
                    String revised = named + "_" + id.revision();
                    return Stream.of(named, revised, revised + "+" + id.buildId());
                });
    }
}
