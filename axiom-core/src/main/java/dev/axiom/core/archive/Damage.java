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
    static AxiomException ofNonsense(String name, RuntimeException cause, String where) {
        return new AxiomException(ErrorCode.INVALID, name + ": the archive is damaged" + where, null, cause);
    }

    /** Of a source that has no entries of its own. */
    static AxiomException of(String name, IOException cause) {
        return of(name, cause, "");
    }

    /**
     * The system's own failures keep their reason; everything else means that the archive is not what it should be.
     *
     * @param where as {@link TreeWriter#where} says it
     */
    static AxiomException of(String name, IOException cause, String where) {
        if (cause instanceof DamagedArchiveException damage) {
            String place = damage.namesEntry() ? "" : where;
            return new AxiomException(ErrorCode.INVALID, name + ": " + cause.getMessage() + place, null, cause);
        }
        if (cause instanceof FileSystemException || cause instanceof PosixException) {
            return AxiomException.io("read " + name, cause);
        }
        String reason = cause instanceof EOFException ? "it is cut off" : cause.getMessage();
        return new AxiomException(ErrorCode.INVALID, name + ": the archive is damaged: " + reason + where, null, cause);
    }
}
