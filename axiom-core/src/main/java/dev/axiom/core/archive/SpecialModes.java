package dev.axiom.core.archive;

/** Set-user-id, set-group-id and sticky bits, which packages have only if somebody asks for it. */
public final class SpecialModes {
    private static final int BITS = 07000;

    private SpecialModes() {}

    /** Whether a mode has one of them. */
    public static boolean areIn(int mode) {
        return (mode & BITS) != 0;
    }

    /** What is wrong with such a mode, to stand behind the entry's name. */
    public static String refusal(int mode) {
        return String.format("has the mode %04o, with a set-user-id, set-group-id or sticky bit", mode & 07777);
    }
}
