package dev.axiom.cli.command;

import dev.axiom.core.model.PackageId;

/** How packages look to people. */
final class PackageText {
    private PackageText() {}

    /** Without the build id: {@code bash@5.2.15_1}. */
    static String shortName(PackageId id) {
        return id.name() + "@" + id.version() + "_" + id.revision();
    }
}
