package dev.axiom.core.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Counts what is read and, if asked, digests it. It has no mark, and skips by reading, so that nothing goes unseen. */
final class MeteredStream extends FilterInputStream {
    private static final int SKIP = 8192;

    private final MessageDigest sha256 = Sha256.start();
    private long count;

    MeteredStream(InputStream in) {
        super(in);
    }

    long count() {
        return count;
    }

    /** SHA-256 of everything read so far, in hex digits. To be asked once. */
    String sha256() {
        return HexFormat.of().formatHex(sha256.digest());
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        if (value >= 0) {
            count++;
            sha256.update((byte) value);
        }
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int done = in.read(target, offset, length);
        if (done > 0) {
            count += done;
            sha256.update(target, offset, done);
        }
        return done;
    }

    @Override
    public long skip(long length) throws IOException {
        byte[] passed = new byte[(int) Math.min(SKIP, Math.max(0, length))];
        return Math.max(0, read(passed, 0, passed.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
