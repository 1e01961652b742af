package dev.axiom.core.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Stops an unpacked stream that grows out of proportion to the archive it comes from. */
final class RatioGuard extends FilterInputStream {
    private final MeteredStream packed;
    private final Limits limits;
    private long count;

    RatioGuard(InputStream unpacked, MeteredStream packed, Limits limits) {
        super(unpacked);
        this.packed = packed;
        this.limits = limits;
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        grow(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int done = in.read(target, offset, length);
        grow(done);
        return done;
    }

    /** By reading, so that skipped bytes count too. */
    @Override
    public long skip(long length) throws IOException {
        byte[] passed = new byte[(int) Math.min(8192, Math.max(0, length))];
        return Math.max(0, read(passed, 0, passed.length));
    }

    private void grow(int length) throws DamagedArchiveException {
        count += Math.max(0, length);
        if (count > Limits.RATIO_FLOOR && count / limits.ratio() > packed.count()) {
            throw new DamagedArchiveException("it unpacks to more than " + limits.ratio() + " times its size");
        }
    }
}
