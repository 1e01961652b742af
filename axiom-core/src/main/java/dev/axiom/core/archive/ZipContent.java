package dev.axiom.core.archive;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** One zip entry's content after another, from a stream that stands at its first byte. Checks sizes and CRC. */
final class ZipContent extends InputStream {
    private static final int DEFLATED = 8;
    private static final int BUFFER = 32 * 1024;

    private final InputStream file;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] packed = new byte[BUFFER];
    private ZipMember member;
    private long packedLeft;
    private long done;

    ZipContent(InputStream file) {
        this.file = file;
        this.member = new ZipMember("", 0, 0, 0, 0, 0, 0, 0, Instant.EPOCH);
    }

    /** Goes on with this entry. */
    void start(ZipMember next) {
        member = next;
        packedLeft = next.packedSize();
        done = 0;
        crc.reset();
        inflater.reset();
    }

    /** Makes sure that the whole entry was read and is what it was announced to be. */
    void finish() throws IOException {
        byte[] nothing = new byte[1];
        if (read(nothing, 0, 1) > 0 || done != member.size()) {
            throw damaged("has another size than announced");
        }
        boolean deflated = member.method() == DEFLATED;
        boolean unfinished = deflated && (!inflater.finished() || inflater.getRemaining() > 0);
        if (unfinished || packedLeft > 0) {
            throw damaged("has another packed size than announced");
        }
        if (crc.getValue() != member.crc()) {
            throw damaged("has a wrong checksum");
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) > 0 ? one[0] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = member.method() == DEFLATED ? inflate(target, offset, length) : copy(target, offset, length);
        if (count > 0) {
            crc.update(target, offset, count);
            done += count;
        }
        return count;
    }

    private int copy(byte[] target, int offset, int length) throws IOException {
        int wanted = (int) Math.min(length, packedLeft);
        if (wanted == 0) {
            return -1;
        }
        int count = file.read(target, offset, wanted);
        if (count < 0) {
            throw damaged("is cut off");
        }
        packedLeft -= count;
        return count;
    }

    private int inflate(byte[] target, int offset, int length) throws IOException {
        try {
            while (true) {
                int count = inflater.inflate(target, offset, length);
                if (count > 0) {
                    return count;
                }
                if (inflater.finished()) {
                    return -1;
                }
                if (inflater.needsDictionary() || !inflater.needsInput() || packedLeft == 0) {
                    throw damaged("is damaged or cut off");
                }
                feed();
            }
        } catch (DataFormatException e) {
            throw damaged("is damaged: " + e.getMessage());
        }
    }

    private void feed() throws IOException {
        int count = file.read(packed, 0, (int) Math.min(packed.length, packedLeft));
        if (count < 0) {
            throw damaged("is cut off");
        }
        packedLeft -= count;
        inflater.setInput(packed, 0, count);
    }

    private DamagedArchiveException damaged(String how) {
        return new DamagedArchiveException("entry '" + Vis.readable(member.name()) + "' " + how);
    }

    /** Frees the inflater; the file stays open. */
    @Override
    public void close() {
        inflater.end();
    }
}
