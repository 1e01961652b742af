package dev.axiom.core.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.apache.commons.io.input.BoundedInputStream;

/** One zip entry's content after another, from a stream that stands at its first byte. Checks sizes and CRC. */
final class ZipContent implements AutoCloseable {
    private static final int DEFLATED = 8;
    private static final int BUFFER = 32 * 1024;

    private final InputStream file;
    private final Inflater inflater = new Inflater(true);

    ZipContent(InputStream file) {
        this.file = file;
    }

    /** What is done with an entry's content. */
    interface Use {
        void of(InputStream content) throws IOException;
    }

    /**
     * Gives out the content of the entry at which the file stands, then makes sure that the whole of it was read and is
     * what it was announced to be.
     */
    void read(ZipMember member, Use use) throws IOException {
        boolean deflated = member.method() == DEFLATED;
        inflater.reset();
        BoundedInputStream packed = BoundedInputStream.builder()
                .setInputStream(file)
                .setMaxCount(member.packedSize())
                .setPropagateClose(false)
                .get();
        int buffer = (int) Math.min(BUFFER, Math.max(1, member.packedSize()));
        CheckedInputStream content = new CheckedInputStream(
                deflated ? new InflaterInputStream(packed, inflater, buffer) : packed, new CRC32());
        try {
            use.of(content);
            if (content.read() >= 0 || (deflated && inflater.getBytesWritten() != member.size())) {
                throw damaged(member, "has another size than announced");
            }
        } catch (ZipException | EOFException e) {
            throw damaged(member, "is damaged or cut off: " + e.getMessage());
        }
        boolean unfinished = deflated && (!inflater.finished() || inflater.getRemaining() > 0);
        if (unfinished || packed.getCount() != member.packedSize()) {
            throw damaged(member, "has another packed size than announced");
        }
        if (content.getChecksum().getValue() != member.crc()) {
            throw damaged(member, "has a wrong checksum");
        }
    }

    private static DamagedArchiveException damaged(ZipMember member, String how) {
        return new DamagedArchiveException(member.name(), how);
    }

    /** Frees the inflater; the file stays open. */
    @Override
    public void close() {
        inflater.end();
    }
}
