package dev.axiom.zfs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The channel programs (zfs-program(8)); their texts are files beside this class. */
enum ZfsProgram {
    /** Destroys what nobody holds and is still as condemned. */
    DESTROY("destroy.lua", true),
    /** Ends one destruction that was cut off. */
    FINISH("finish.lua", true),
    /** Writes dead-since on what nobody holds. */
    MARK("mark.lua", true),
    /** Takes dead-since away. */
    CLEAR("clear.lua", true),
    /** Tells which carry dead-since. */
    MARKED("marked.lua", false);

    private final String file;
    private final boolean changes;

    ZfsProgram(String file, boolean changes) {
        this.file = file;
        this.changes = changes;
    }

    /** Whether it needs a transaction. */
    boolean changes() {
        return changes;
    }

    /** Whether one that was cut off may simply run again: not if what it had destroyed by then is missing for the next. */
    boolean isRepeatable() {
        return this != DESTROY;
    }

    String text() {
        try (InputStream in = ZfsProgram.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
