package dev.axiom.core.archive;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Reads the records of a central directory one after another. */
final class ZipFields {
    private static final int SIGNATURE = 0x02014b50;
    private static final int ENCRYPTED = 0x0001 | 0x0040 | 0x2000;
    private static final int UNIX = 3;
    private static final int MAC = 19;
    private static final int EXTRA_ZIP64 = 0x0001;
    private static final int EXTRA_TIMES = 0x5455;
    private static final long IN_ZIP64 = 0xffffffffL;

    private final ByteBuffer bytes;

    // Of the record being read: what an extra field may replace.
    private long packedSize;
    private long size;
    private long offset;
    private Instant modified = Instant.EPOCH;

    ZipFields(ByteBuffer bytes) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    boolean isAtEnd() {
        return !bytes.hasRemaining();
    }

    /** The next entry. */
    ZipMember member() throws DamagedArchiveException {
        try {
            return read();
        } catch (BufferUnderflowException e) {
            throw new DamagedArchiveException("its central directory is cut off");
        }
    }

    private ZipMember read() throws DamagedArchiveException {
        if (bytes.getInt() != SIGNATURE) {
            throw new DamagedArchiveException("its central directory is damaged");
        }
        int system = unsignedShort() >> 8;
        unsignedShort();
        int flags = unsignedShort();
        int method = unsignedShort();
        int time = unsignedShort();
        modified = dosTime(time, unsignedShort());
        long crc = unsignedInt();
        packedSize = unsignedInt();
        size = unsignedInt();
        byte[] name = new byte[unsignedShort()];
        byte[] extra = new byte[unsignedShort()];
        byte[] comment = new byte[unsignedShort()];
        unsignedShort();
        unsignedShort();
        int attributes = bytes.getInt();
        offset = unsignedInt();
        bytes.get(name).get(extra).get(comment);
        String text = EntryName.decode(name);
        if ((flags & ENCRYPTED) != 0) {
            throw new DamagedArchiveException(text, "is encrypted");
        }
        if (method != 0 && method != 8) {
            throw new DamagedArchiveException(
                    text, "is packed with method " + method + "; Axiom reads only stored and deflated ones");
        }
        readExtra(ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN));
        if (packedSize < 0 || size < 0 || offset < 0 || (method == 0 && packedSize != size)) {
            throw new DamagedArchiveException(text, "has impossible sizes");
        }
        int mode = system == UNIX || system == MAC ? attributes >>> 16 : 0;
        return new ZipMember(text, mode, method, flags, crc, packedSize, size, offset, modified);
    }

    private void readExtra(ByteBuffer extra) {
        while (extra.remaining() >= 4) {
            int id = Short.toUnsignedInt(extra.getShort());
            int length = Short.toUnsignedInt(extra.getShort());
            if (length > extra.remaining()) {
                return; // padding that some tools leave
            }
            ByteBuffer field = extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            if (id == EXTRA_ZIP64) {
                readZip64(field);
            } else if (id == EXTRA_TIMES && length >= 5 && (field.get(0) & 1) != 0) {
                modified = Instant.ofEpochSecond(field.getInt(1));
            }
            extra.position(extra.position() + length);
        }
    }

    /** It has only the values that did not fit, in this order. */
    private void readZip64(ByteBuffer field) {
        size = size == IN_ZIP64 ? field.getLong() : size;
        packedSize = packedSize == IN_ZIP64 ? field.getLong() : packedSize;
        offset = offset == IN_ZIP64 ? field.getLong() : offset;
    }

    /** Local time of an unknown place: read as UTC, so that it is the same everywhere. */
    private static Instant dosTime(int time, int date) {
        try {
            return LocalDateTime.of(
                            1980 + (date >> 9),
                            date >> 5 & 15,
                            date & 31,
                            time >> 11,
                            time >> 5 & 63,
                            Math.min(59, (time & 31) * 2))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return Instant.EPOCH; // archivers write zeros for "unknown"
        }
    }

    private int unsignedShort() {
        return Short.toUnsignedInt(bytes.getShort());
    }

    private long unsignedInt() {
        return Integer.toUnsignedLong(bytes.getInt());
    }
}
