package dev.axiom.core.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds and reads a zip archive's central directory. Strict: the end record must be the file's last bytes, the directory
 * must end where the end record begins, the counts must agree, and encrypted entries are refused. See APPNOTE.TXT 6.3.
 */
final class ZipDirectory {
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int END64_LOCATOR_SIGNATURE = 0x07064b50;
    private static final int END64_LOCATOR_LENGTH = 20;
    private static final int END64_SIGNATURE = 0x06064b50;
    private static final int END64_LENGTH = 56;
    private static final int COMMENT_LIMIT = 0xffff;

    /** 64 MiB; enough for the limit of entries with long names, and it fits in the heap. */
    private static final long SIZE_LIMIT = 64L << 20;

    private final FileChannel file;
    private final int entryLimit;
    private long start;
    private long size;
    private long count;

    private ZipDirectory(FileChannel file, int entryLimit) {
        this.file = file;
        this.entryLimit = entryLimit;
    }

    /** The entries, in the order in which they lie in the file. */
    static List<ZipMember> read(FileChannel file, int entryLimit) throws IOException {
        ZipDirectory directory = new ZipDirectory(file, entryLimit);
        directory.find();
        return directory.members();
    }

    private void find() throws IOException {
        int tail = (int) Math.min(file.size(), END_LENGTH + COMMENT_LIMIT);
        long tailStart = file.size() - tail;
        ByteBuffer bytes = bytes(tailStart, tail);
        for (int at = tail - END_LENGTH; at >= 0; at--) {
            boolean isEnd = bytes.getInt(at) == END_SIGNATURE
                    && at + END_LENGTH + Short.toUnsignedInt(bytes.getShort(at + 20)) == tail;
            if (isEnd) {
                readEnd(bytes, at, tailStart + at);
                return;
            }
        }
        throw new DamagedArchiveException("its end record is missing: it is cut off, or has something behind its end");
    }

    private void readEnd(ByteBuffer bytes, int at, long position) throws IOException {
        count = Short.toUnsignedInt(bytes.getShort(at + 10));
        size = Integer.toUnsignedLong(bytes.getInt(at + 12));
        start = Integer.toUnsignedLong(bytes.getInt(at + 16));
        boolean oneDisk = bytes.getShort(at + 4) == bytes.getShort(at + 6)
                && (bytes.getShort(at + 4) == 0 || bytes.getShort(at + 4) == -1)
                && bytes.getShort(at + 8) == bytes.getShort(at + 10);
        long end = position;
        if (position >= END64_LOCATOR_LENGTH) {
            ByteBuffer locator = bytes(position - END64_LOCATOR_LENGTH, END64_LOCATOR_LENGTH);
            if (locator.getInt(0) == END64_LOCATOR_SIGNATURE) {
                end = locator.getLong(8);
                readEnd64(end, position - END64_LOCATOR_LENGTH);
            }
        }
        if (!oneDisk || start < 0 || size < 0 || start + size != end) {
            throw new DamagedArchiveException("its central directory is not where its end record says");
        }
        if (count > entryLimit || size > SIZE_LIMIT) {
            throw new DamagedArchiveException("it has more than the limit of " + entryLimit + " entries");
        }
    }

    private void readEnd64(long at, long locator) throws IOException {
        if (at < 0 || at > locator - END64_LENGTH) {
            throw new DamagedArchiveException("its zip64 end record is not where its locator says");
        }
        ByteBuffer end = bytes(at, END64_LENGTH);
        if (end.getInt(0) != END64_SIGNATURE || at + 12 + end.getLong(4) != locator) {
            throw new DamagedArchiveException("its zip64 end record is damaged");
        }
        count = end.getLong(32);
        size = end.getLong(40);
        start = end.getLong(48);
        if (count < 0 || end.getInt(16) != 0 || end.getInt(20) != 0 || end.getLong(24) != count) {
            throw new DamagedArchiveException("its zip64 end record contradicts itself");
        }
    }

    private List<ZipMember> members() throws IOException {
        ZipFields fields = new ZipFields(bytes(start, (int) size));
        List<ZipMember> members = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            members.add(fields.member());
        }
        if (!fields.isAtEnd()) {
            throw new DamagedArchiveException("its central directory is longer than its " + count + " entries");
        }
        members.sort(Comparator.comparingLong(ZipMember::offset));
        long free = 0;
        for (ZipMember member : members) {
            if (member.offset() < free) {
                throw new DamagedArchiveException(member.name(), "overlaps another one");
            }
            free = member.offset() + ZipSource.LOCAL_LENGTH + member.packedSize();
            if (free < 0 || free > start) {
                throw new DamagedArchiveException(member.name(), "reaches into the central directory");
            }
        }
        return members;
    }

    private ByteBuffer bytes(long from, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, from + bytes.position()) < 0) {
                throw new DamagedArchiveException("it is cut off");
            }
        }
        return bytes.flip();
    }
}
