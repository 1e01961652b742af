package dev.axiom.core.archive;

import java.util.Locale;

/**
 * One thing in which a sealed tree is not as its listing says.
 *
 * @param path relative to the tree's top; a name that is not UTF-8 has its odd bytes replaced
 * @param detail what was expected and what is there, for people
 */
public record Difference(String path, Kind kind, String detail) {
    /** In which way an entry differs. */
    public enum Kind {
        /** Content, mode, type or target is another one, or the disk does not give it. */
        CHANGED,
        /** The listing has it, the tree does not. */
        MISSING,
        /** The tree has it, the listing does not. */
        ADDED
    }

    @Override
    public String toString() {
        return path + ": " + kind.name().toLowerCase(Locale.ROOT) + " (" + detail + ")";
    }
}
