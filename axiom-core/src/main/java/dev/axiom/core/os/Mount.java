package dev.axiom.core.os;

import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Mounting and unmounting, without the programs of the same names, which start slowly and know less of errors. */
public final class Mount {
    private static final int READ_ONLY = 1;
    private static final int NO_DEVICES = 4;
    private static final int DO_NOT_FOLLOW = 8;

    private static final SystemCall MOUNT = SystemCall.mount();
    private static final SystemCall UNMOUNT = SystemCall.unmount();

    private Mount() {}

    /**
     * Mounts a file system (mount(2)). The kernel stacks a second mount on the same folder without a word: callers make
     * sure that only one does it.
     *
     * @param source what the type calls its file systems by, such as {@code tank/axiom/state}
     * @param folder where; an existing folder
     * @throws PosixException if the system refuses; nothing is mounted then
     */
    public static void mount(String source, Path folder, String type, boolean readOnly) throws PosixException {
        NativeBuffer kind = new NativeBuffer(type.length() + 1);
        kind.put((type + '\0').getBytes(StandardCharsets.US_ASCII), type.length() + 1);
        try {
            Scratch scratch = Scratch.ofThread();
            long flags = NO_DEVICES | (readOnly ? READ_ONLY : 0);
            check(
                    "mount " + source + " on",
                    folder,
                    MOUNT.call(scratch.otherPath(source), scratch.path(folder.toString()), kind.address(), flags, 0));
        } finally {
            Reference.reachabilityFence(kind); // its memory is C's until here
        }
    }

    /**
     * Unmounts a folder, if nobody uses it (umount2(2), never forced and never deferred). A symbolic link is not
     * followed.
     *
     * @throws PosixException EBUSY if it is used; EINVAL if nothing is mounted there
     */
    public static void unmount(Path folder) throws PosixException {
        check("unmount", folder, UNMOUNT.call(Scratch.ofThread().path(folder.toString()), DO_NOT_FOLLOW));
    }

    private static void check(String call, Path folder, long result) throws PosixException {
        if (result < 0) {
            throw new PosixException(call, folder.toString(), (int) -result);
        }
    }
}
