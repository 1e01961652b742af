package dev.axiom.core.model;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/**
 * A failure that a person is told about: what is wrong and where ({@link #getMessage()}), of which kind
 * ({@link #code()}), and what to do next ({@link #hint()}). Its kinds with data of their own are subclasses.
 */
public class AxiomException extends RuntimeException {
    /** The hint for whom the file system refuses something. */
    public static final String ASK_THE_OWNER =
            "your user may not do that there: ask who owns it, or do it as a user who may";

    private static final String DENIED = "permission denied: ";

    @Serial
    private static final long serialVersionUID = 1;

    private final ErrorCode code;
    private final @Nullable String hint;

    public AxiomException(ErrorCode code, String message) {
        this(code, message, null, null);
    }

    /**
     * @param hint the next step for the reader, a sentence or a command; null where there is none
     * @param cause the failure underneath; null where there is none
     */
    public AxiomException(ErrorCode code, String message, @Nullable String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.hint = hint;
    }

    /**
     * An operating-system failure while doing {@code what}: no right, no space and the like make the pool
     * {@link ErrorCode#UNAVAILABLE}.
     *
     * @param what a phrase that fits behind "cannot", such as {@code "write /pool/state/pins/x"}
     */
    public static AxiomException io(String what, IOException cause) {
        String reason = reason(cause);
        boolean denied =
                reason.startsWith(DENIED) || reason.endsWith("Permission denied"); // the second: of system calls
        String hint = denied ? ASK_THE_OWNER : null;
        return new AxiomException(ErrorCode.UNAVAILABLE, "cannot " + what + ": " + reason, hint, cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException missing) {
            return "no such file or folder: " + missing.getFile();
        }
        if (cause instanceof AccessDeniedException denied) {
            return DENIED + denied.getFile();
        }
        if (cause instanceof NotDirectoryException file) {
            return "not a folder: " + file.getFile();
        }
        if (cause instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason() + ": " + failure.getFile();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** The same failure, with something else to do next. */
    public AxiomException withHint(@Nullable String other) {
        return new AxiomException(code, String.valueOf(getMessage()), other, this);
    }

    public ErrorCode code() {
        return code;
    }

    /** What the reader can do next, or null. */
    public @Nullable String hint() {
        return hint;
    }
}
