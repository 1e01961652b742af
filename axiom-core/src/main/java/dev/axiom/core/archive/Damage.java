package dev.axiom.core.archive;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.PosixException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** What to tell about a source that cannot be read to its end. */
final class Damage {
    private Damage() {}

    /** What decompressors throw when their input makes no sense. */
    static AxiomException ofNonsense(String name, RuntimeException cause) {
        return new AxiomException(ErrorCode.INVALID, name + ": the archive is damaged", null, cause);
    }

    /** The system's own failures keep their reason; everything else means that the archive is not what it should be. */
    static AxiomException of(String name, IOException cause) {
        if (cause instanceof DamagedArchiveException) {
            return new AxiomException(ErrorCode.INVALID, name + ": " + cause.getMessage(), null, cause);
        }
        if (cause instanceof FileSystemException || cause instanceof PosixException) {
            return AxiomException.io("read " + name, cause);
        }
        String reason = cause instanceof EOFException ? "it is cut off" : cause.getMessage();
        return new AxiomException(ErrorCode.INVALID, name + ": the archive is damaged: " + reason, null, cause);
    }
}
