package dev.axiom.core.os;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * What statx(2) says about a file.
 *
 * @param mode type and permission bits, as in {@code st_mode}
 * @param size in bytes
 * @param links how many names it has
 * @param modified when its content changed last
 * @param inode its number in its file system
 * @param device the file system's number
 */
public record FileStatus(int mode, long size, int links, Instant modified, long inode, long device) {
    private static final int TYPE_BITS = 0170000;
    private static final int FOLDER = 0040000;
    private static final int REGULAR = 0100000;
    private static final int LINK = 0120000;

    /** From a {@code struct statx}, whose layout is the same on every processor. */
    static FileStatus read(ByteBuffer statx) {
        return new FileStatus(
                Short.toUnsignedInt(statx.getShort(28)),
                statx.getLong(40),
                statx.getInt(16),
                Instant.ofEpochSecond(statx.getLong(112), statx.getInt(120)),
                statx.getLong(32),
                (long) statx.getInt(136) << 32 | Integer.toUnsignedLong(statx.getInt(140)));
    }

    /** The bits below the type: {@code rwxrwxrwx} and set-user-id, set-group-id, sticky. */
    public int permissions() {
        return mode & 07777;
    }

    public boolean isFolder() {
        return (mode & TYPE_BITS) == FOLDER;
    }

    public boolean isRegular() {
        return (mode & TYPE_BITS) == REGULAR;
    }

    public boolean isLink() {
        return (mode & TYPE_BITS) == LINK;
    }

    /** Whether two names lead to the same file. */
    public boolean sameFile(FileStatus other) {
        return inode == other.inode && device == other.device;
    }

    /** What kind of file this is, in words. */
    public String kind() {
        return switch (mode & TYPE_BITS) {
            case FOLDER -> "folder";
            case REGULAR -> "file";
            case LINK -> "symbolic link";
            case 0010000 -> "fifo";
            case 0020000 -> "character device";
            case 0060000 -> "block device";
            case 0140000 -> "socket";
            default -> "file of an unknown type";
        };
    }
}
