package dev.axiom.core.format;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A document's bytes, its name for error messages, and who wrote it. What people write is {@link ErrorCode#INVALID} when
 * it breaks a rule, and may have {@value #USER_LIMIT} bytes. What Axiom wrote is {@link ErrorCode#CORRUPT} then, may
 * have {@value #STORE_LIMIT} bytes, and must be as it was written, to the last byte (see {@link EndLine}).
 */
public final class Source {
    /** The most bytes of a document that a person wrote. */
    public static final int USER_LIMIT = 1 << 20;

    /** The most bytes of a document that Axiom wrote. */
    public static final int STORE_LIMIT = 16 << 20;

    private final String name;
    private final byte[] bytes;
    private final boolean ofStore;

    private Source(String name, byte[] bytes, boolean ofStore) {
        this.name = name;
        this.bytes = bytes;
        this.ofStore = ofStore;
    }

    /**
     * A document that a person wrote or may have edited.
     *
     * @param name what errors call it, best the path its reader knows it by
     * @param bytes not copied; the caller leaves them alone from now on
     */
    public static Source ofUser(String name, byte[] bytes) {
        return new Source(name, bytes, false);
    }

    /** A document that a person wrote, as text. */
    public static Source ofUser(String name, String text) {
        return ofUser(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A document that Axiom wrote.
     *
     * @param name what errors call it, best its path
     * @param bytes not copied; the caller leaves them alone from now on
     */
    public static Source ofStore(String name, byte[] bytes) {
        return new Source(name, bytes, true);
    }

    /** A document that Axiom wrote, as text. */
    public static Source ofStore(String name, String text) {
        return ofStore(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a file that a person wrote; of a file that is too large, no more than its beginning.
     *
     * @throws AxiomException {@code NOT_FOUND} if there is no such file, {@code UNAVAILABLE} if it cannot be read
     */
    public static Source userFile(Path file) {
        try {
            return ofUser(file.toString(), beginning(file, USER_LIMIT));
        } catch (NoSuchFileException e) {
            throw missing(file, e);
        } catch (IOException e) {
            throw AxiomException.io("read " + file, e);
        }
    }

    /**
     * Reads a file that Axiom wrote; of a file that is too large, no more than its beginning. A file that is there and
     * cannot be read counts as damaged, so that whoever must not miss one stops.
     *
     * @throws AxiomException {@code NOT_FOUND} if there is no such file, {@code CORRUPT} if it cannot be read
     */
    public static Source storeFile(Path file) {
        try {
            return ofStore(file.toString(), beginning(file, STORE_LIMIT));
        } catch (NoSuchFileException e) {
            throw missing(file, e);
        } catch (IOException e) {
            AxiomException failure = AxiomException.io("read " + file, e);
            throw new AxiomException(ErrorCode.CORRUPT, String.valueOf(failure.getMessage()), null, e);
        }
    }

    private static byte[] beginning(Path file, int limit) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(limit + 1);
        }
    }

    private static AxiomException missing(Path file, NoSuchFileException cause) {
        return new AxiomException(ErrorCode.NOT_FOUND, file + " does not exist", null, cause);
    }

    /** What errors call this document. */
    public String name() {
        return name;
    }

    /** What it says; what is no UTF-8 in it, which no document may have, is replaced. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Whether Axiom itself wrote it. */
    public boolean isOfStore() {
        return ofStore;
    }

    byte[] bytes() {
        return bytes;
    }

    int limit() {
        return ofStore ? STORE_LIMIT : USER_LIMIT;
    }

    ErrorCode blame() {
        return ofStore ? ErrorCode.CORRUPT : ErrorCode.INVALID;
    }
}
