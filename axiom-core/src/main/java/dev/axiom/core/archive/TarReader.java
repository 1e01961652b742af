package dev.axiom.core.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.tar.TarUtils;
import org.apache.commons.compress.archivers.zip.ZipEncoding;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;
import org.apache.commons.compress.utils.ArchiveUtils;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tar archive by commons-compress, and looks at every record before that does: what two readers understand
 * differently is where attacks hide. Every checksum must be right, also those of extended headers; a number must have one
 * meaning; names must be UTF-8; the end mark must be there, and only zeros may follow it. See ADR 12.
 */
final class TarReader extends TarArchiveInputStream {
    /** Everything in a tar archive comes in multiples of this many bytes. */
    static final int RECORD = TarConstants.DEFAULT_RCDSIZE;

    /** Where a header has its mode, size and time, and how long they are. */
    private static final int[][] NUMBERS = {{100, 8}, {124, 12}, {136, 12}};

    private static final int PREFIX = 345;
    private static final int SPARSE_CONTINUES = 482;

    /** One char for each byte, so that the name's bytes can be had back. */
    private static final String BYTES = StandardCharsets.ISO_8859_1.name();

    private static final ZipEncoding ENCODING = ZipEncodingHelper.getZipEncoding(BYTES);

    private final PushbackInputStream ahead;
    private TarExtensions extensions = new TarExtensions();
    private boolean ended;

    /** Reads what is packed in this format, within the limits. */
    TarReader(ArchiveFormat format, MeteredStream packed, UnpackOptions options) throws IOException {
        this(new RatioGuard(format.unpacked(packed), packed, options.limits()));
    }

    TarReader(InputStream in) {
        this(new PushbackInputStream(in, TarExtensions.LIMIT));
    }

    private TarReader(PushbackInputStream ahead) {
        super(ahead, RECORD, RECORD, BYTES, false);
        this.ahead = ahead;
    }

    /** Whether a file that starts with these bytes can be a tar archive. */
    static boolean isHeader(byte[] start) {
        return start.length == RECORD && (ArchiveUtils.isArrayZero(start, RECORD) || hasRightChecksum(start));
    }

    /**
     * The next entry, or null at the archive's end. What is left of the last entry's content is passed over.
     *
     * @throws DamagedArchiveException if the archive breaks its format's rules
     */
    @Nullable
    TarArchiveEntry next() throws IOException {
        extensions = new TarExtensions();
        TarArchiveEntry entry = getNextEntry();
        if (entry == null && !extensions.isEmpty()) {
            throw new DamagedArchiveException("it ends behind an extended header");
        }
        return entry;
    }

    /** The current entry's name as the archive has it: with a first slash, which the library drops from long ones. */
    String name() throws DamagedArchiveException {
        return extensions.name(getCurrentEntry());
    }

    /** What the current entry links to, as the archive has it. */
    String target() throws DamagedArchiveException {
        return extensions.target(getCurrentEntry());
    }

    /** The library calls this for each header, and once more behind the end mark. */
    @Override
    protected byte @Nullable [] readRecord() throws IOException {
        if (ended) {
            return null;
        }
        byte[] record = super.readRecord();
        if (record == null) {
            throw new DamagedArchiveException("it is cut off: its end mark is missing");
        }
        if (isEOFRecord(record)) {
            ended = true;
            expectOnlyZeros();
        } else {
            check(record);
        }
        return record;
    }

    private void expectOnlyZeros() throws IOException {
        byte[] rest = new byte[8192];
        int length;
        while ((length = ahead.readNBytes(rest, 0, rest.length)) > 0) {
            if (!ArchiveUtils.isArrayZero(rest, length)) {
                throw new DamagedArchiveException("there is something behind its end mark");
            }
        }
    }

    private void check(byte[] record) throws IOException {
        if (!hasRightChecksum(record)) {
            throw new DamagedArchiveException("a header has a wrong checksum");
        }
        for (int[] number : NUMBERS) {
            if (!hasOneMeaning(record, number[0], number[1])) {
                throw new DamagedArchiveException("a header has a number that is none");
            }
        }
        if (record[PREFIX] != 0 && !ArchiveUtils.matchAsciiBuffer("ustar", record, TarConstants.MAGIC_OFFSET, 5)) {
            throw new DamagedArchiveException("a header of the oldest form has more than that form has");
        }
        byte type = record[TarConstants.LF_OFFSET];
        if (TarExtensions.isOne(type)) {
            extensions.add(type, contentAhead(record));
        } else if (type == TarConstants.LF_GNUTYPE_SPARSE && record[SPARSE_CONTINUES] != 0) {
            throw TarExtensions.sparse(); // the library would read an endless list of holes
        }
    }

    /** What the library is about to read as an extended header. */
    private byte[] contentAhead(byte[] record) throws IOException {
        TarArchiveEntry header = new TarArchiveEntry(record, ENCODING, false);
        if (header.getSize() > TarExtensions.LIMIT) {
            throw new DamagedArchiveException("an extended header has " + header.getSize() + " bytes");
        }
        if (header.isDirectory()) {
            throw new DamagedArchiveException("an extended header has the name of a folder");
        }
        byte[] content = ahead.readNBytes((int) header.getSize());
        if (content.length < header.getSize()) {
            throw new DamagedArchiveException("it is cut off");
        }
        ahead.unread(content);
        return content;
    }

    /** Unsigned or signed bytes summed up, because old archivers did the latter. */
    private static boolean hasRightChecksum(byte[] record) {
        try {
            return TarUtils.verifyCheckSum(record);
        } catch (IllegalArgumentException e) {
            return false; // it is no number
        }
    }

    /**
     * The library takes a number for 0 if it starts with a NUL, whatever follows, and drops seven bits of a binary one.
     * Others do not.
     */
    private static boolean hasOneMeaning(byte[] record, int from, int length) {
        if (record[from] == 0) {
            return onlyBlanks(record, from, length);
        }
        return record[from] > 0 || record[from] == Byte.MIN_VALUE || record[from] == -1;
    }

    private static boolean onlyBlanks(byte[] record, int from, int length) {
        for (int i = from; i < from + length; i++) {
            if (record[i] != 0 && record[i] != ' ') {
                return false;
            }
        }
        return true;
    }
}
