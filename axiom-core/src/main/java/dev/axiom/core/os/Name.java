package dev.axiom.core.os;

/**
 * A name in a folder.
 *
 * @param text the name; usable in {@link Folder}'s calls even if it is not UTF-8
 * @param valid whether the name is UTF-8
 * @param type what the file system says the name leads to
 */
public record Name(String text, boolean valid, Type type) {

    /** What a name leads to, as far as the folder itself tells. */
    public enum Type {
        FOLDER,
        REGULAR,
        LINK,
        /** A device, fifo or socket. */
        SPECIAL,
        /** This file system does not tell: ask for the status. */
        UNKNOWN;

        /** From {@code d_type}; see readdir(3). */
        static Type of(byte number) {
            return switch (number) {
                case 4 -> FOLDER;
                case 8 -> REGULAR;
                case 10 -> LINK;
                case 0 -> UNKNOWN;
                default -> SPECIAL;
            };
        }
    }
}
