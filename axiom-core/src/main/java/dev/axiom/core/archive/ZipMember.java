package dev.axiom.core.archive;

import java.time.Instant;

/**
 * An entry as a zip archive's central directory has it.
 *
 * @param name as written; a folder's ends with a slash
 * @param unixMode type and permission bits; 0 if the archiver knew of none
 * @param method 0 stored, 8 deflated
 * @param flags the general purpose bits
 * @param offset where its local header starts in the file
 */
record ZipMember(
        String name,
        int unixMode,
        int method,
        int flags,
        long crc,
        long packedSize,
        long size,
        long offset,
        Instant modified) {
    private static final int TYPE_BITS = 0170000;

    boolean isFolder() {
        return name.endsWith("/") || (unixMode & TYPE_BITS) == 0040000;
    }

    boolean isLink() {
        return (unixMode & TYPE_BITS) == 0120000;
    }

    /** Neither folder nor link, and not said to be anything but a file. */
    boolean isFile() {
        int type = unixMode & TYPE_BITS;
        return !isFolder() && (type == 0 || type == 0100000);
    }

    /** Permission bits; the usual ones where the archiver knew of none. */
    int permissions() {
        if (unixMode == 0) {
            return isFolder() ? 0755 : 0644;
        }
        return unixMode & 07777;
    }
}
