package dev.axiom.cli.command;

import dev.axiom.cli.Typed;
import dev.axiom.core.archive.Limits;
import dev.axiom.core.archive.UnpackOptions;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ByteSize;
import dev.axiom.core.model.ErrorCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how a source is read. */
final class UnpackingOptions {
    @Option(
            names = "--strip",
            paramLabel = "N",
            defaultValue = "0",
            description = "Take N leading names off every path in the source.")
    int strip;

    @Option(
            names = "--allow-set-id",
            description = "Keep set-user-id, set-group-id and sticky bits; they are refused otherwise.")
    boolean allowSetId;

    @Option(names = "--max-size", paramLabel = "SIZE", description = "Refuse more content than this (32G).")
    @Nullable
    ByteSize maxSize;

    @Option(
            names = "--max-files",
            paramLabel = "N",
            description = "Refuse more files, folders and links than this (250000).")
    @Nullable
    Integer maxFiles;

    @Option(
            names = "--max-ratio",
            paramLabel = "N",
            description = "Refuse archives above 64 MiB that unpack to more than N times their size (250).")
    @Nullable
    Integer maxRatio;

    /** @throws AxiomException {@code USAGE} if a number makes no sense */
    UnpackOptions toOptions() {
        Limits usual = Limits.DEFAULT;
        Integer files = positive("--max-files", maxFiles);
        Integer ratio = positive("--max-ratio", maxRatio);
        Limits limits = new Limits(
                maxSize == null ? usual.bytes() : maxSize.bytes(),
                files == null ? usual.entries() : files,
                ratio == null ? usual.ratio() : ratio,
                usual.pathBytes(),
                usual.depth());
        return Typed.value(() -> new UnpackOptions(strip, allowSetId, limits));
    }

    /** The number that was said, if one was. */
    static @Nullable Integer positive(String option, @Nullable Integer said) {
        if (said != null && said < 1) {
            throw new AxiomException(ErrorCode.USAGE, option + " must be 1 or more, not " + said);
        }
        return said;
    }
}
