package dev.axiom.core.os;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open folder, and what can be done below it. Paths are relative to it, UTF-8 whatever the locale says, and the last
 * name of a path is never followed if it is a symbolic link. Who walks name by name, opening each folder, is therefore
 * safe against everybody who swaps folders for links meanwhile. Used by one thread at a time.
 */
public final class Folder implements AutoCloseable {
    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_REMOVEDIR = 0x200;
    private static final int BASIC_STATS = 0x7ff;

    private final OpenFile file;
    private final String about;

    private Folder(int fd, String about) {
        this.file = new OpenFile(fd, about);
        this.about = about;
    }

    /**
     * Opens a folder; the path may lead through symbolic links, its last name too.
     *
     * @throws PosixException ENOENT, ENOTDIR, EACCES and so on
     */
    public static Folder open(Path path) throws PosixException {
        String text = path.toString();
        long fd = SystemCall.OPENAT.call(AT_FDCWD, Scratch.ofThread().path(text), OpenFlag.FOLDER, 0);
        if (fd < 0) {
            throw new PosixException("open", text, (int) -fd);
        }
        return new Folder((int) fd, text);
    }

    /** Opens a folder below; ELOOP or ENOTDIR if the last name is a link. */
    public Folder folder(String path) throws PosixException {
        return new Folder(open(path, OpenFlag.FOLDER | OpenFlag.NOFOLLOW, 0), about(path));
    }

    /** Opens a file below for reading; ELOOP if the last name is a link. Never waits for a fifo's other end. */
    public OpenFile openForReading(String path) throws PosixException {
        return new OpenFile(open(path, OpenFlag.NONBLOCK | OpenFlag.NOFOLLOW, 0), about(path));
    }

    /** Makes a new file and opens it for writing; EEXIST if anything has this name. The umask applies to the mode. */
    public OpenFile createNew(String path, int mode) throws PosixException {
        return new OpenFile(open(path, OpenFlag.NEW | OpenFlag.NOFOLLOW, mode), about(path));
    }

    private int open(String path, int flags, int mode) throws PosixException {
        return (int) check(
                SystemCall.OPENAT,
                path,
                SystemCall.OPENAT.call(file.fd(), Scratch.ofThread().path(path), flags, mode));
    }

    /** Makes a folder below; the umask applies to the mode. */
    public void makeFolder(String path, int mode) throws PosixException {
        check(
                SystemCall.MKDIRAT,
                path,
                SystemCall.MKDIRAT.call(file.fd(), Scratch.ofThread().path(path), mode));
    }

    /** Makes a symbolic link below; its target is taken as it is. */
    public void makeLink(String path, String target) throws PosixException {
        Scratch scratch = Scratch.ofThread();
        check(
                SystemCall.SYMLINKAT,
                path,
                SystemCall.SYMLINKAT.call(scratch.otherPath(target), file.fd(), scratch.path(path)));
    }

    /** Gives an existing file below a second name below. */
    public void makeHardLink(String path, String existing) throws PosixException {
        Scratch scratch = Scratch.ofThread();
        check(
                SystemCall.LINKAT,
                path,
                SystemCall.LINKAT.call(file.fd(), scratch.otherPath(existing), file.fd(), scratch.path(path), 0));
    }

    /** Gives a file below another folder a second name below this one; EXDEV between file systems. */
    public void makeHardLink(String path, Folder from, String existing) throws PosixException {
        Scratch scratch = Scratch.ofThread();
        check(
                SystemCall.LINKAT,
                path,
                SystemCall.LINKAT.call(from.file.fd(), scratch.otherPath(existing), file.fd(), scratch.path(path), 0));
    }

    /** Renames something below; replaces a file, or an empty folder by a folder. */
    public void rename(String from, String to) throws PosixException {
        Scratch scratch = Scratch.ofThread();
        check(
                SystemCall.RENAMEAT,
                to,
                SystemCall.RENAMEAT.call(file.fd(), scratch.otherPath(from), file.fd(), scratch.path(to)));
    }

    /** Removes a name that is not a folder's. */
    public void removeFile(String path) throws PosixException {
        remove(path, 0);
    }

    /** Removes an empty folder. */
    public void removeFolder(String path) throws PosixException {
        remove(path, AT_REMOVEDIR);
    }

    private void remove(String path, int flags) throws PosixException {
        check(
                SystemCall.UNLINKAT,
                path,
                SystemCall.UNLINKAT.call(file.fd(), Scratch.ofThread().path(path), flags));
    }

    /** Sets the permission bits (07777) of something below that is no link; a link would be followed. */
    public void setMode(String path, int mode) throws PosixException {
        check(
                SystemCall.FCHMODAT,
                path,
                SystemCall.FCHMODAT.call(file.fd(), Scratch.ofThread().path(path), mode, 0));
    }

    /** Like {@link #setMode(String, int)}, but refuses a link (EOPNOTSUPP); takes more calls inside. */
    public void setModeOfNoLink(String path, int mode) throws PosixException {
        check(
                SystemCall.FCHMODAT,
                path,
                SystemCall.FCHMODAT.call(file.fd(), Scratch.ofThread().path(path), mode, AT_SYMLINK_NOFOLLOW));
    }

    /** Sets the permission bits of this folder. */
    public void setMode(int mode) throws PosixException {
        file.setMode(mode);
    }

    /** Sets the time of the last change of something below; of a link itself, not of what it leads to. */
    public void setModified(String path, Instant time) throws PosixException {
        Scratch scratch = Scratch.ofThread();
        check(
                SystemCall.UTIMENSAT,
                path,
                SystemCall.UTIMENSAT.call(file.fd(), scratch.path(path), scratch.modified(time), AT_SYMLINK_NOFOLLOW));
    }

    /** Asks about something below; about a link itself, not about what it leads to. */
    public FileStatus status(String path) throws PosixException {
        Scratch scratch = Scratch.ofThread();
        long result = SystemCall.STATX.call(
                file.fd(), scratch.path(path), AT_SYMLINK_NOFOLLOW, BASIC_STATS, scratch.stat.address());
        check(SystemCall.STATX, path, result);
        return FileStatus.read(scratch.stat.memory());
    }

    /** Asks about this folder. */
    public FileStatus status() throws PosixException {
        return file.status();
    }

    /** Where a symbolic link below leads to; null if that is not UTF-8. */
    public @Nullable String linkTarget(String path) throws PosixException {
        Scratch scratch = Scratch.ofThread();
        NativeBuffer answer = scratch.answer();
        long length = check(
                SystemCall.READLINKAT,
                path,
                SystemCall.READLINKAT.call(file.fd(), scratch.path(path), answer.address(), answer.size()));
        return FileNames.decode(answer.memory().slice(0, (int) length));
    }

    /**
     * Everything in this folder except itself and its parent, in no order. Call it once per opened folder: it reads on
     * from where the last call ended.
     */
    public List<Name> list() throws PosixException {
        NativeBuffer buffer = Scratch.ofThread().listing;
        List<Name> names = new ArrayList<>();
        while (true) {
            int length = (int) check(
                    SystemCall.GETDENTS, ".", SystemCall.GETDENTS.call(file.fd(), buffer.address(), buffer.size()));
            if (length == 0) {
                return names;
            }
            for (int at = 0;
                    at < length;
                    at += Short.toUnsignedInt(buffer.memory().getShort(at + 16))) {
                addName(buffer.memory(), at, names);
            }
        }
    }

    /** Reads one {@code struct linux_dirent64}: inode 8, offset 8, length 2, type 1, name with NUL. */
    private static void addName(ByteBuffer memory, int at, List<Name> names) {
        int start = at + 19;
        int end = start;
        while (memory.get(end) != 0) {
            end++;
        }
        boolean dots =
                memory.get(start) == '.' && (end == start + 1 || (end == start + 2 && memory.get(start + 1) == '.'));
        if (!dots) {
            ByteBuffer raw = memory.slice(start, end - start);
            String text = FileNames.decode(raw.duplicate());
            Name.Type type = Name.Type.of(memory.get(at + 18));
            names.add(new Name(text == null ? FileNames.escape(raw) : text, text != null, type));
        }
    }

    /** A path below as people should see it. */
    public String about(String path) {
        return about + "/" + path;
    }

    @Override
    public void close() {
        file.close();
    }

    private long check(SystemCall call, String path, long result) throws PosixException {
        if (result < 0) {
            throw new PosixException(call.name(), about(path), (int) -result);
        }
        return result;
    }
}
