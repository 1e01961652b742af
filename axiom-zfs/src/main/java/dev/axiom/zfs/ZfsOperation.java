package dev.axiom.zfs;

import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.PosixException;
import java.util.Map;
import jnr.constants.platform.Errno;
import org.jspecify.annotations.Nullable;

/**
 * What libzfs_core is asked to do, with what each number means there. The same number says different things: EEXIST is
 * a taken name for a rename, clones or children for a destruction, and a tag that is there already for a hold.
 */
final class ZfsOperation {
    static final ZfsOperation LOOK = new ZfsOperation("look at", Map.of());
    static final ZfsOperation CREATE = new ZfsOperation(
            "create",
            Map.of(Errno.EEXIST, taken(), Errno.ENOENT, new Meaning(ErrorCode.NOT_FOUND, "its parent does not exist")));
    static final ZfsOperation RENAME = new ZfsOperation(
            "rename",
            Map.of(
                    Errno.EEXIST, taken(),
                    Errno.EXDEV, new Meaning(ErrorCode.INVALID, "a dataset cannot leave its pool"),
                    Errno.EACCES, new Meaning(ErrorCode.UNAVAILABLE, "a dataset cannot leave its encryption root")));
    static final ZfsOperation DESTROY = new ZfsOperation(
            "destroy",
            Map.of(
                    Errno.EBUSY, new Meaning(ErrorCode.BUSY, "it is held, mounted, or has snapshots"),
                    Errno.EEXIST, new Meaning(ErrorCode.BUSY, "it has clones or children")));
    static final ZfsOperation SNAPSHOT = new ZfsOperation(
            "take the snapshot",
            Map.of(
                    Errno.EEXIST,
                    taken(),
                    Errno.E2BIG,
                    new Meaning(ErrorCode.INVALID, "a property is longer than ZFS keeps")));
    static final ZfsOperation HOLD = new ZfsOperation(
            "hold",
            Map.of(
                    Errno.EEXIST, new Meaning(ErrorCode.CONFLICT, "the tag is there already"),
                    Errno.E2BIG, new Meaning(ErrorCode.INVALID, "the tag is too long")));
    static final ZfsOperation RELEASE = new ZfsOperation("release", Map.of());
    static final ZfsOperation PROGRAM = new ZfsOperation(
            "run a channel program in",
            Map.of(
                    Errno.ENOSPC, new Meaning(ErrorCode.INTERNAL, "it used more memory than it may"),
                    Errno.ENOMEM, new Meaning(ErrorCode.INTERNAL, "its result is longer than it may be"),
                    Errno.ETIME, new Meaning(ErrorCode.INTERNAL, "it ran longer than it may"),
                    Errno.EINVAL, new Meaning(ErrorCode.INTERNAL, "ZFS does not understand it"),
                    Errno.EINTR, new Meaning(ErrorCode.UNAVAILABLE, "it was interrupted")));
    /** A step of a program: unlike the program as a whole, it fails as calls do. */
    static final ZfsOperation MARK = new ZfsOperation("mark", Map.of());

    static final ZfsOperation SEND = new ZfsOperation(
            "send",
            Map.of(
                    Errno.EIO,
                    damagedDisk(),
                    Errno.ENOTSUP,
                    new Meaning(ErrorCode.UNAVAILABLE, "this ZFS cannot send it")),
            Map.of(
                    Code.CHECKSUM, damagedDisk(),
                    Code.CHECKSUM_FREEBSD, damagedDisk(),
                    Code.UNKNOWN_FEATURE, new Meaning(ErrorCode.UNAVAILABLE, "this ZFS cannot send it")));
    static final ZfsOperation RECEIVE = new ZfsOperation(
            "receive",
            Map.of(
                    Errno.EEXIST, taken(),
                    Errno.EINVAL, damaged(),
                    Errno.ENOTSUP, unsupported(),
                    Errno.ENODEV, notWhole(),
                    Errno.ETXTBSY, notWhole()),
            Map.ofEntries(
                    Map.entry(Code.CHECKSUM, damaged()),
                    Map.entry(Code.CHECKSUM_FREEBSD, damaged()),
                    Map.entry(Code.TRUNCATED, new Meaning(ErrorCode.UNAVAILABLE, "the stream ends before its end")),
                    Map.entry(Code.UNKNOWN_FEATURE, unsupported()),
                    Map.entry(Code.NO_SPILL_FLAG, unsupported()),
                    Map.entry(Code.LARGE_BLOCKS, unsupported()),
                    Map.entry(Code.NO_CRYPTO, unsupported()),
                    Map.entry(Code.NO_IVSET, notWhole()),
                    Map.entry(Code.OTHER_IVSET, notWhole())));

    private static final String AS_ROOT = "run as root";

    /** What jnr has no names for: ECKSUM, which is another system's errno, and zfs_errno_t (sys/fs/zfs.h). */
    private static final class Code {
        private static final int CHECKSUM = 52; // EBADE of Linux
        private static final int CHECKSUM_FREEBSD = 97; // EINTEGRITY; on Linux nothing that ZFS returns
        private static final int NO_IVSET = 1034;
        private static final int OTHER_IVSET = 1035;
        private static final int NO_SPILL_FLAG = 1036;
        private static final int UNKNOWN_FEATURE = 1037;
        private static final int TRUNCATED = 1040;
        private static final int LARGE_BLOCKS = 1041;
        private static final int NO_CRYPTO = 1048;
    }

    /** What a number means whatever was asked. */
    private static final Map<Errno, Meaning> EVERYWHERE = Map.ofEntries(
            Map.entry(Errno.ENOENT, new Meaning(ErrorCode.NOT_FOUND, "it does not exist")),
            Map.entry(Errno.EPERM, new Meaning(ErrorCode.UNAVAILABLE, "this user may not do that", AS_ROOT)),
            Map.entry(Errno.EACCES, keyMissing()),
            Map.entry(
                    Errno.EAGAIN,
                    new Meaning(
                            ErrorCode.UNAVAILABLE,
                            "the ZFS pool is suspended, because its disks failed",
                            "zpool status; zpool clear POOL when they are back")),
            Map.entry(Errno.ENOSPC, new Meaning(ErrorCode.UNAVAILABLE, "the ZFS pool is full", "axiom gc")),
            Map.entry(Errno.EDQUOT, new Meaning(ErrorCode.UNAVAILABLE, "its quota is used up", "axiom gc")),
            Map.entry(Errno.EROFS, new Meaning(ErrorCode.UNAVAILABLE, "the ZFS pool is read-only")),
            Map.entry(Errno.EBUSY, new Meaning(ErrorCode.BUSY, "it is in use")),
            Map.entry(Errno.EINVAL, new Meaning(ErrorCode.INVALID, "ZFS refuses a name or a value")),
            Map.entry(Errno.ENAMETOOLONG, new Meaning(ErrorCode.INVALID, "the name is too long")),
            Map.entry(Errno.ENOTTY, new Meaning(ErrorCode.UNAVAILABLE, "this is not the device of a ZFS module")));

    private final String verb;
    private final Map<Errno, Meaning> meanings;
    private final Map<Integer, Meaning> numbers;

    private ZfsOperation(String verb, Map<Errno, Meaning> meanings) {
        this(verb, meanings, Map.of());
    }

    private ZfsOperation(String verb, Map<Errno, Meaning> meanings, Map<Integer, Meaning> numbers) {
        this.verb = verb;
        this.meanings = meanings;
        this.numbers = numbers;
    }

    private record Meaning(ErrorCode code, String text, String hint) {
        Meaning(ErrorCode code, String text) {
            this(code, text, "");
        }
    }

    private static Meaning taken() {
        return new Meaning(ErrorCode.CONFLICT, "the name is taken");
    }

    private static Meaning damaged() {
        return new Meaning(ErrorCode.INVALID, "the stream is damaged, or none", "send the whole package again");
    }

    private static Meaning unsupported() {
        return new Meaning(
                ErrorCode.INVALID,
                "the stream has something that this ZFS or this ZFS pool does not support",
                "zpool upgrade, or the release of OpenZFS that the sender has");
    }

    private static Meaning notWhole() {
        return new Meaning(
                ErrorCode.INVALID, "the stream is not of a whole package", "send it with axiom package send");
    }

    private static Meaning keyMissing() {
        return new Meaning(
                ErrorCode.UNAVAILABLE,
                "its encryption key is not loaded, or this user may not do that",
                "zfs load-key, or run as root");
    }

    private static Meaning damagedDisk() {
        return new Meaning(ErrorCode.UNAVAILABLE, "the disks gave it back damaged", "zpool status -v");
    }

    /** The failure of this operation on a dataset. */
    ZfsException failed(String subject, int number) {
        return failed(subject, number, "");
    }

    /** @param detail what else is known, such as the message of a channel program; may be empty */
    ZfsException failed(String subject, int number, String detail) {
        Meaning meaning = meaning(number);
        String text = meaning == null ? Errno.valueOf(number).description() + " (" + number + ")" : meaning.text();
        return new ZfsException(
                meaning == null ? ErrorCode.UNAVAILABLE : meaning.code(),
                "cannot " + verb + " " + subject + ": " + text + (detail.isEmpty() ? "" : ": " + detail),
                meaning == null ? "" : meaning.hint(),
                number,
                meaning != null && meaning.equals(EVERYWHERE.get(Errno.valueOf(number)))
                        ? new PosixException(verb, subject, number)
                        : null);
    }

    private @Nullable Meaning meaning(int number) {
        Meaning special = numbers.get(number);
        if (special != null) {
            return special;
        }
        Errno errno = Errno.valueOf(number);
        Meaning own = meanings.get(errno);
        return own != null ? own : EVERYWHERE.get(errno);
    }
}
