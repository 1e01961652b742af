package dev.axiom.core.archive;

import dev.axiom.core.model.AxiomException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The canonical listing of a tree, the content of {@code files.mtree}: one line for every entry below the top, in
 * mtree(5) syntax, ordered by the bytes of its path. The same tree has the same listing everywhere; neither times nor
 * owners are in it. Immutable.
 */
public final class TreeListing {
    /** The name of its file in a package. */
    public static final String FILE_NAME = "files.mtree";

    private final List<TreeEntry> entries;
    private final byte[] text;
    private final String digest;

    private TreeListing(List<TreeEntry> sorted) {
        this.entries = sorted;
        this.text = ListingText.write(sorted);
        MessageDigest sha256 = Sha256.start();
        this.digest = HexFormat.of().formatHex(sha256.digest(text));
    }

    /** The listing of these entries, given in any order; paths must be distinct. */
    public static TreeListing of(Collection<TreeEntry> entries) {
        return new TreeListing(entries.stream()
                .sorted(Comparator.comparing(TreeEntry::path, TreeListing::compareBytes))
                .toList());
    }

    /**
     * Reads what {@link #text()} wrote. Accepts no other form of the same facts, so that the digest of what was read is
     * the digest of the file.
     *
     * @param name of the file, for messages
     * @throws AxiomException {@code CORRUPT}, with file and line, if this is not a canonical listing
     */
    public static TreeListing parse(String name, byte[] text) {
        return new TreeListing(ListingText.parse(name, text));
    }

    /** Ordered by the bytes of their paths. */
    public List<TreeEntry> entries() {
        return entries;
    }

    /** The only thing at the top, if that is a folder with something in it. */
    public Optional<String> onlyFolder() {
        List<TreeEntry> top = entries.stream()
                .filter(entry -> entry.path().indexOf('/') < 0)
                .limit(2)
                .toList();
        return top.size() == 1 && top.get(0).isFolder() && entries.size() > 1
                ? Optional.of(top.get(0).path())
                : Optional.empty();
    }

    /** The listing as it is stored; ASCII. */
    public byte[] text() {
        return text.clone();
    }

    /** The tree digest: SHA-256 of {@link #text()}, as 64 hex digits. */
    public String digest() {
        return digest;
    }

    /** The content's size in bytes; a hard link counts once for each of its names. */
    public long bytes() {
        return entries.stream().mapToLong(TreeEntry::size).sum();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreeListing listing && listing.entries.equals(entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return new String(text, StandardCharsets.US_ASCII);
    }

    /** The order of the UTF-8 bytes. UTF-16's differs where surrogates meet the characters behind them. */
    static int compareBytes(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                boolean mixed = Character.isSurrogate(left) != Character.isSurrogate(right);
                return mixed
                        ? Boolean.compare(Character.isSurrogate(left), Character.isSurrogate(right))
                        : left - right;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
