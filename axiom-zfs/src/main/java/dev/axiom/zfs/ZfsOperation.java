package dev.axiom.zfs;

import dev.axiom.core.model.ErrorCode;
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
    static final ZfsOperation SEND = new ZfsOperation("send", Map.of());
    static final ZfsOperation RECEIVE = new ZfsOperation("receive", Map.of(Errno.EEXIST, taken()));

    private static final String AS_ROOT = "run as root";

    /** What a number means whatever was asked. */
    private static final Map<Errno, Meaning> EVERYWHERE = Map.ofEntries(
            Map.entry(Errno.ENOENT, new Meaning(ErrorCode.NOT_FOUND, "it does not exist")),
            Map.entry(Errno.EPERM, new Meaning(ErrorCode.UNAVAILABLE, "this user may not do that", AS_ROOT)),
            Map.entry(Errno.EACCES, new Meaning(ErrorCode.UNAVAILABLE, "this user may not do that", AS_ROOT)),
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

    private ZfsOperation(String verb, Map<Errno, Meaning> meanings) {
        this.verb = verb;
        this.meanings = meanings;
    }

    private record Meaning(ErrorCode code, String text, String hint) {
        Meaning(ErrorCode code, String text) {
            this(code, text, "");
        }
    }

    private static Meaning taken() {
        return new Meaning(ErrorCode.CONFLICT, "the name is taken");
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
                number);
    }

    private @Nullable Meaning meaning(int number) {
        Errno errno = Errno.valueOf(number);
        Meaning own = meanings.get(errno);
        return own != null ? own : EVERYWHERE.get(errno);
    }
}
