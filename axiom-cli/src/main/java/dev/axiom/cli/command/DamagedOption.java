package dev.axiom.cli.command;

import dev.axiom.core.store.Records.IfDamaged;
import picocli.CommandLine.Option;

/** {@code --damaged}, of the commands that remove roots. */
public final class DamagedOption {
    @Option(
            names = "--damaged",
            description = "Remove it even if its file is damaged, so that nobody can tell any more what it keeps.")
    private boolean damaged;

    /** What to do about a damaged file. */
    public IfDamaged choice() {
        return damaged ? IfDamaged.RELEASE : IfDamaged.REFUSE;
    }
}
