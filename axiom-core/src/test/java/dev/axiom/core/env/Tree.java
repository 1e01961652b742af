package dev.axiom.core.env;

import dev.axiom.core.archive.TreeEntry;
import dev.axiom.core.archive.TreeListing;
import dev.axiom.core.model.BuildId;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The content of a test's package. */
final class Tree {
    /** What every file's time is. */
    static final Instant TIME = Instant.parse("2020-02-03T04:05:06Z");

    private final Map<String, TreeEntry> entries = new TreeMap<>();
    private final Map<String, String> contents = new TreeMap<>();

    Tree file(String path, String content) {
        return file(path, content, 0644);
    }

    Tree program(String path, String script) {
        return file(path, script, 0755);
    }

    Tree file(String path, String content, int mode) {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        contents.put(path, content);
        return put(TreeEntry.file(path, mode, bytes.length, sha256(bytes)));
    }

    Tree folder(String path) {
        return folder(path, 0755);
    }

    Tree folder(String path, int mode) {
        return put(TreeEntry.folder(path, mode));
    }

    Tree link(String path, String target) {
        return put(TreeEntry.link(path, target));
    }

    private Tree put(TreeEntry entry) {
        for (int slash = entry.path().indexOf('/');
                slash >= 0;
                slash = entry.path().indexOf('/', slash + 1)) {
            String parent = entry.path().substring(0, slash);
            entries.putIfAbsent(parent, TreeEntry.folder(parent, 0755));
        }
        entries.put(entry.path(), entry);
        return this;
    }

    TreeListing listing() {
        return TreeListing.of(entries.values());
    }

    /** The package of this content; other content has another build id. */
    PackageId id(String nameAndVersion) {
        String digest = sha256((nameAndVersion + listing().digest()).getBytes(StandardCharsets.UTF_8));
        return PackageId.parse(nameAndVersion + "_1+" + new BuildId(digest.substring(0, 16)));
    }

    Contribution of(String nameAndVersion) {
        return new Contribution(id(nameAndVersion), listing());
    }

    /** The same, replacing others. */
    Contribution of(String nameAndVersion, String... replaces) {
        return new Contribution(id(nameAndVersion), listing(), () -> Arrays.stream(replaces)
                .map(Requirement::parse)
                .toList());
    }

    /** Writes it as a sealed package has it. */
    void write(Path dataset) {
        try {
            Path root = Files.createDirectory(dataset.resolve("root"));
            List<TreeEntry> folders = new ArrayList<>();
            for (TreeEntry entry : entries.values()) {
                Path path = root.resolve(entry.path());
                switch (entry.type()) {
                    case FOLDER -> {
                        Files.createDirectory(path);
                        folders.add(0, entry);
                    }
                    case LINK -> Files.createSymbolicLink(path, Path.of(entry.target()));
                    case FILE -> {
                        Files.writeString(path, contents.getOrDefault(entry.path(), ""));
                        Files.setLastModifiedTime(path, FileTime.from(TIME));
                        mode(path, entry.sealedMode());
                    }
                }
            }
            for (TreeEntry folder : folders) {
                Files.setLastModifiedTime(root.resolve(folder.path()), FileTime.from(TIME));
                mode(root.resolve(folder.path()), folder.sealedMode());
            }
            Files.write(dataset.resolve(TreeListing.FILE_NAME), listing().text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void mode(Path path, int mode) throws IOException {
        Files.setAttribute(path, "unix:mode", mode);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
