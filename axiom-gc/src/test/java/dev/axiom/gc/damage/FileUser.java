package dev.axiom.gc.damage;

import dev.axiom.core.os.Posix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import jnr.ffi.LibraryLoader;

/**
 * As whom this thread, and those that it starts, use files: root may read everything, so a test of what cannot be read
 * must be somebody else meanwhile. Where the test is not run by root, it is somebody else already, and nothing happens.
 */
final class FileUser {
    private static final int NOBODY = 65_534;

    private FileUser() {}

    /** See setfsuid(2); it is for one thread, and takes root's right to pass over mode bits. */
    public interface Kernel {
        int setfsuid(int user);
    }

    /** Made at the first use only, and never by who is not root. */
    private static final class Holder {
        static final Kernel KERNEL = LibraryLoader.create(Kernel.class).load("c");
    }

    static void beNobody() {
        be(NOBODY);
    }

    static void beOneself() {
        be(0);
    }

    private static void be(int user) {
        if (Posix.isRoot()) {
            Holder.KERNEL.setfsuid(user);
        }
    }

    /** Gives a file that root made to the one who uses the store. */
    static void give(Path file) throws IOException {
        if (Posix.isRoot()) {
            Files.setAttribute(file, "unix:uid", NOBODY, LinkOption.NOFOLLOW_LINKS);
        }
    }

    /** Gives a file to root; returns false if this is not root, who alone may do so. */
    static boolean take(Path file) throws IOException {
        if (Posix.isRoot()) {
            Files.setAttribute(file, "unix:uid", 0, LinkOption.NOFOLLOW_LINKS);
        }
        return Posix.isRoot();
    }
}
