package dev.axiom.core.archive;

import dev.axiom.core.os.NativeBuffer;
import dev.axiom.core.os.OpenFile;
import dev.axiom.core.os.PosixException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * What one thread needs to move bytes: a buffer for system calls, one for Java's code, and a digest. One per thread, for
 * ever, so that a small file costs no allocation.
 */
final class Workspace {
    private static final ThreadLocal<Workspace> OF_THREAD = ThreadLocal.withInitial(Workspace::new);
    private static final HexFormat HEX = HexFormat.of();

    /** Large enough that most files need one read, small enough to stay in the processor's cache. */
    private static final int SIZE = 128 * 1024;

    /** The bytes for system calls. */
    final NativeBuffer memory = new NativeBuffer(SIZE);

    /** The same bytes for digest and codecs. */
    final byte[] bytes = new byte[SIZE];

    /** Reset whenever a result was taken. */
    final MessageDigest sha256 = Sha256.start();

    static Workspace ofThread() {
        return OF_THREAD.get();
    }

    /** Fills both buffers from a stream, to the brim if there is enough. */
    int fill(InputStream in) throws IOException {
        int length = in.readNBytes(bytes, 0, SIZE);
        memory.put(bytes, length);
        return length;
    }

    /** Fills both buffers by one read of an open file. */
    int fill(OpenFile in) throws PosixException {
        int length = in.read(memory);
        memory.get(bytes, length);
        return length;
    }

    /** SHA-256 of what {@link #sha256} was given, as 64 hex digits. */
    String hexDigest() {
        return HEX.formatHex(sha256.digest());
    }

    /** Whether a read that gave this many bytes may have left some. */
    boolean isFull(int length) {
        return length == SIZE;
    }
}
