package dev.axiom.core.testing;

import dev.axiom.core.os.Posix;
import dev.axiom.core.os.TreeRemoval;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A folder's whole content as it was once, to be brought back again and again. Files keep their inodes, so that locks
 * stay. Owners and mode bits of what is still there are not looked at: who changes them changes them back.
 */
public final class Snapshot {
    private final Path root;
    private final Map<Path, Entry> entries = new TreeMap<>();
    private List<Path> paths = List.of();

    private enum Kind {
        FOLDER,
        LINK,
        FILE;

        static Kind of(BasicFileAttributes attributes) {
            return attributes.isDirectory() ? FOLDER : attributes.isSymbolicLink() ? LINK : FILE;
        }
    }

    /**
     * What was there.
     *
     * @param bytes a file's content; empty for others
     * @param target where a link leads; the empty path for others
     */
    private record Entry(Kind kind, FileTime changed, ByteBuffer bytes, Path target, Rights rights) {
        boolean isLike(Path path, BasicFileAttributes now) throws IOException {
            return kind == Kind.of(now)
                    && switch (kind) {
                        case FOLDER -> true;
                        case LINK -> Files.readSymbolicLink(path).equals(target);
                        case FILE ->
                            now.size() == bytes.capacity()
                                    && now.lastModifiedTime().equals(changed);
                    };
        }
    }

    /** Whose it is, and what they may do. */
    private record Rights(Object owner, Set<PosixFilePermission> permissions) {}

    private Snapshot(Path root) {
        this.root = root;
    }

    public static Snapshot of(Path root) throws IOException {
        Snapshot snapshot = new Snapshot(root);
        for (Map.Entry<Path, BasicFileAttributes> found : walk(root).entrySet()) {
            snapshot.entries.put(found.getKey(), entry(found.getKey(), found.getValue()));
        }
        snapshot.paths = snapshot.entries.keySet().stream()
                .filter(path -> !path.equals(root))
                .toList();
        return snapshot;
    }

    private static Entry entry(Path path, BasicFileAttributes attributes) throws IOException {
        Kind kind = Kind.of(attributes);
        return new Entry(
                kind,
                attributes.lastModifiedTime(),
                ByteBuffer.wrap(kind == Kind.FILE ? Files.readAllBytes(path) : new byte[0]),
                kind == Kind.LINK ? Files.readSymbolicLink(path) : Path.of(""),
                new Rights(
                        Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS),
                        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS)));
    }

    private static Map<Path, BasicFileAttributes> walk(Path root) throws IOException {
        Map<Path, BasicFileAttributes> found = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                found.put(folder, attributes);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                found.put(file, attributes);
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    /** All that was there, sorted, the folder itself left out. */
    public List<Path> paths() {
        return paths;
    }

    public boolean isFolder(Path path) {
        return kind(path) == Kind.FOLDER;
    }

    public boolean isFile(Path path) {
        return kind(path) == Kind.FILE;
    }

    private Kind kind(Path path) {
        return entry(path).kind();
    }

    private Entry entry(Path path) {
        Entry entry = entries.get(path);
        if (entry == null) {
            throw new IllegalArgumentException(path + " was not there");
        }
        return entry;
    }

    /**
     * Brings everything back: what is new goes, what is missing or different is made anew.
     *
     * @return what was missing
     */
    public Set<Path> restore() throws IOException {
        Map<Path, BasicFileAttributes> now = walk(root);
        Set<Path> missing = new TreeSet<>(entries.keySet());
        missing.removeAll(now.keySet());
        for (Path extra : now.keySet()) {
            if (!entries.containsKey(extra) && entries.containsKey(extra.getParent())) {
                TreeRemoval.delete(extra);
            }
        }
        for (Map.Entry<Path, Entry> wanted : entries.entrySet()) {
            BasicFileAttributes there = now.get(wanted.getKey());
            if (there == null || !wanted.getValue().isLike(wanted.getKey(), there)) {
                restore(wanted.getKey(), wanted.getValue(), there != null);
            }
        }
        return missing;
    }

    /** Brings back the content of one file or link. */
    public void restore(Path path) throws IOException {
        restore(path, entry(path), Files.exists(path, LinkOption.NOFOLLOW_LINKS));
    }

    /** Changes what a file holds and nothing else, not even when it seems to have been changed last. */
    public void write(Path path, byte[] bytes) throws IOException {
        Files.write(path, bytes);
        Files.setLastModifiedTime(path, entry(path).changed());
    }

    /** What a file held. */
    public byte[] content(Path path) {
        return entry(path).bytes().array();
    }

    /** Where a link led; the empty path for what was none. */
    public Path link(Path path) {
        return entry(path).target();
    }

    private static void restore(Path path, Entry entry, boolean there) throws IOException {
        if (there && !(entry.kind() == Kind.FILE && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))) {
            TreeRemoval.delete(path);
        }
        switch (entry.kind()) {
            case FOLDER -> Files.createDirectory(path);
            case LINK -> Files.createSymbolicLink(path, entry.target());
            case FILE -> Files.write(path, entry.bytes().array());
        }
        if (Posix.isRoot()) {
            Files.setAttribute(path, "unix:uid", entry.rights().owner(), LinkOption.NOFOLLOW_LINKS);
        }
        if (entry.kind() != Kind.LINK) {
            Files.setPosixFilePermissions(path, entry.rights().permissions());
        }
        if (entry.kind() == Kind.FILE) {
            Files.setLastModifiedTime(path, entry.changed());
        }
    }
}
