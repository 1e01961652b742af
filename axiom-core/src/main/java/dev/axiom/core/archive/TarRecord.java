package dev.axiom.core.archive;

import java.math.BigInteger;
import java.util.Arrays;

/** One header record of 512 bytes: where its fields are and how they are written. */
final class TarRecord {
    private static final int CHECKSUM = 148;
    private static final int CHECKSUM_LENGTH = 8;
    private static final byte[] POSIX_MAGIC = {'u', 's', 't', 'a', 'r', 0};

    private final byte[] bytes;

    TarRecord(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether the record is all zeros: the mark of the archive's end. */
    boolean isEnd() {
        for (byte each : bytes) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the checksum is right. Old archivers summed signed bytes, so that is fine too. */
    boolean hasRightChecksum() throws DamagedArchiveException {
        int unsigned = 0;
        int signed = 0;
        for (int i = 0; i < bytes.length; i++) {
            boolean inside = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
            unsigned += inside ? ' ' : bytes[i] & 0xff;
            signed += inside ? ' ' : bytes[i];
        }
        long written = number(CHECKSUM, CHECKSUM_LENGTH);
        return written == unsigned || written == signed;
    }

    char type() {
        return (char) (bytes[156] & 0xff);
    }

    int mode() throws DamagedArchiveException {
        return (int) number(100, 8) & 07777;
    }

    long size() throws DamagedArchiveException {
        long size = number(124, 12);
        if (size < 0) {
            throw new DamagedArchiveException("a header has the size " + size);
        }
        return size;
    }

    long modified() throws DamagedArchiveException {
        return number(136, 12);
    }

    byte[] name() {
        byte[] name = text(0, 100);
        boolean posix = Arrays.equals(bytes, 257, 263, POSIX_MAGIC, 0, POSIX_MAGIC.length);
        byte[] prefix = posix ? text(345, 155) : new byte[0];
        if (prefix.length == 0) {
            return name;
        }
        byte[] whole = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
        whole[prefix.length] = '/';
        System.arraycopy(name, 0, whole, prefix.length + 1, name.length);
        return whole;
    }

    byte[] target() {
        return text(157, 100);
    }

    private byte[] text(int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(bytes, from, end);
    }

    /** Octal digits between blanks, or a binary number marked by the first bit. */
    private long number(int from, int length) throws DamagedArchiveException {
        if (bytes[from] < 0) {
            return binary(from, length);
        }
        long value = 0;
        boolean ended = false;
        int start = from;
        while (start < from + length && bytes[start] == ' ') {
            start++;
        }
        for (int i = start; i < from + length; i++) {
            int digit = bytes[i] - '0';
            boolean blank = bytes[i] == ' ' || bytes[i] == 0;
            if (!blank && (ended || digit < 0 || digit > 7)) {
                throw new DamagedArchiveException("a header has a number that is none");
            }
            ended |= blank;
            value = ended ? value : value << 3 | digit;
        }
        return value;
    }

    private long binary(int from, int length) throws DamagedArchiveException {
        byte[] digits = Arrays.copyOfRange(bytes, from, from + length);
        digits[0] = (byte) (digits[0] == -1 ? -1 : digits[0] & 0x7f);
        try {
            return new BigInteger(digits).longValueExact();
        } catch (ArithmeticException e) {
            throw new DamagedArchiveException("a header has a number that is too large");
        }
    }
}
