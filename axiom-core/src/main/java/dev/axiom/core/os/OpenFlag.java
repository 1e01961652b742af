package dev.axiom.core.os;

import java.util.Locale;

/** The flags of open(2), which differ between processors where this says so. */
final class OpenFlag {
    private static final int WRONLY = 1;
    private static final int CREAT = 0100;
    private static final int EXCL = 0200;
    private static final int CLOEXEC = 02000000;

    /** ARM and PowerPC have their own numbers for these two; every other Linux has the common ones. */
    private static final boolean OWN_NUMBERS = hasOwnNumbers(System.getProperty("os.arch", ""));

    private static final int DIRECTORY = OWN_NUMBERS ? 040000 : 0200000;

    /** Fails with ELOOP if the last name is a symbolic link. */
    static final int NOFOLLOW = OWN_NUMBERS ? 0100000 : 0400000;

    /** For reading, without waiting for whoever writes to a fifo. */
    static final int NONBLOCK = 04000 | CLOEXEC;

    /** A folder, for reading. */
    static final int FOLDER = DIRECTORY | CLOEXEC;

    /** For writing, and it must not exist. */
    static final int NEW = WRONLY | CREAT | EXCL | CLOEXEC;

    private OpenFlag() {}

    private static boolean hasOwnNumbers(String processor) {
        String name = processor.toLowerCase(Locale.ROOT);
        return name.startsWith("aarch64") || name.startsWith("arm") || name.startsWith("ppc");
    }
}
