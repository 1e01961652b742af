package dev.axiom.core.archive;

/**
 * One line of a listing.
 *
 * @param path relative to the tree's top, names separated by {@code /}
 * @param type file, folder or symbolic link
 * @param mode the original permission bits (07777); always 0777 for links
 * @param size of a file's content, in bytes; 0 for the others
 * @param sha256 of a file's content, 64 hex digits; empty for the others
 * @param target where a link leads to, as written in it; empty for the others
 */
public record TreeEntry(String path, Type type, int mode, long size, String sha256, String target) {

    /** What a tree consists of. */
    public enum Type {
        FILE("file"),
        FOLDER("dir"),
        LINK("link");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        /** As mtree(5) calls it. */
        public String word() {
            return word;
        }
    }

    /** A regular file. */
    public static TreeEntry file(String path, int mode, long size, String sha256) {
        return new TreeEntry(path, Type.FILE, mode, size, sha256, "");
    }

    /** A folder. */
    public static TreeEntry folder(String path, int mode) {
        return new TreeEntry(path, Type.FOLDER, mode, 0, "", "");
    }

    /** A symbolic link. */
    public static TreeEntry link(String path, String target) {
        return new TreeEntry(path, Type.LINK, 0777, 0, "", target);
    }

    /** The mode of this entry in a sealed package: nobody may write. */
    public int sealedMode() {
        return type == Type.LINK ? mode : mode & ~ReadOnlyTree.WRITE_BITS;
    }

    /** The same entry under another path. */
    TreeEntry at(String other) {
        return new TreeEntry(other, type, mode, size, sha256, target);
    }

    boolean isFolder() {
        return type == Type.FOLDER;
    }

    boolean isLink() {
        return type == Type.LINK;
    }
}
