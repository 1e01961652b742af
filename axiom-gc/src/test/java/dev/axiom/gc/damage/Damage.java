package dev.axiom.gc.damage;

import dev.axiom.core.os.TreeRemoval;
import dev.axiom.core.testing.Snapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** The ways in which one file, link or folder of a store can be damaged. */
enum Damage {
    BIT_FLIPPED(Damage::isFile, (scene, file) -> scene.write(file, flipped(scene.random, scene.content(file), 1))),
    BYTES_CHANGED(Damage::isFile, (scene, file) -> scene.write(file, flipped(scene.random, scene.content(file), 40))),
    CUT(Damage::isFile, (scene, file) -> scene.write(file, Arrays.copyOf(scene.content(file), scene.offset(file)))),
    EMPTIED(Damage::isFile, (scene, file) -> scene.write(file, new byte[0])),
    ZEROED(Damage::isFile, (scene, file) -> {
        byte[] bytes = scene.content(file).clone();
        Arrays.fill(bytes, scene.offset(file), bytes.length, (byte) 0);
        scene.write(file, bytes);
    }),
    LENGTHENED(Damage::isFile, (scene, file) -> {
        byte[] more = new byte[1 + scene.random.nextInt(200)];
        scene.random.nextBytes(more);
        scene.write(file, joined(scene.content(file), more));
    }),
    TWICE(Damage::isFile, (scene, file) -> scene.write(file, joined(scene.content(file), scene.content(file)))),
    LINE_TWICE(Damage::isFile, (scene, file) -> scene.edit(file, (lines, i) -> lines.add(i, lines.get(i)))),
    LINE_LOST(Damage::isFile, (scene, file) -> scene.edit(file, (lines, i) -> lines.remove((int) i))),
    LINES_SWAPPED(Damage::isFile, (scene, file) -> scene.edit(file, (lines, i) -> Collections.swap(lines, i, 0))),
    CONTENT_OF_ANOTHER(
            Damage::isFile, (scene, file) -> scene.write(file, scene.content(scene.any(scene.whole::isFile)))),
    HUGE(Damage::isFile, (scene, file) -> {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(100_000_000); // sparse; what was there stays in front
        }
        scene.laterIfThere(file, () -> scene.whole.restore(file));
    }),
    COPIED(
            Damage::isFile,
            (scene, file) -> scene.add(scene.name(Objects.requireNonNull(file.getParent())), scene.content(file))),
    COPIED_ELSEWHERE(
            Damage::isFile,
            (scene, file) ->
                    scene.add(scene.any(scene.whole::isFolder).resolve(file.getFileName()), scene.content(file))),
    UNREADABLE(Damage::isNoLink, (scene, path) -> {
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
        Files.setPosixFilePermissions(path, Set.of());
        scene.laterIfThere(path, () -> Files.setPosixFilePermissions(path, rights));
    }),
    OF_ANOTHER_USER(Damage::isNoLink, (scene, path) -> {
        if (FileUser.take(path)) {
            Set<PosixFilePermission> rights = Files.getPosixFilePermissions(path);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            scene.laterIfThere(path, () -> {
                FileUser.give(path);
                Files.setPosixFilePermissions(path, rights);
            });
        }
    }),
    FOLDER_INSTEAD(Damage::isNoFolder, (scene, path) -> {
        scene.replace(path);
        Files.createDirectory(path);
        FileUser.give(path);
    }),
    FILE_INSTEAD(Damage::isNoFile, (scene, path) -> {
        scene.replace(path);
        Files.writeString(path, "x");
        FileUser.give(path);
    }),
    LINK_TO_NOTHING((scene, path) -> true, (scene, path) -> scene.link(path, Path.of("nothing here"))),
    LINK_TO_ITSELF((scene, path) -> true, (scene, path) -> scene.link(path, path)),
    LINK_TO_ANOTHER((scene, path) -> true, (scene, path) -> scene.link(path, scene.any(other -> !other.equals(path)))),
    LINK_TO_WHAT_WAS_THERE((scene, path) -> true, (scene, path) -> {
        Path aside = scene.replace(path);
        Files.createSymbolicLink(path, aside);
    }),
    LINK_BENT((scene, path) -> !isFile(scene, path) && !scene.whole.isFolder(path), (scene, path) -> {
        byte[] target = Files.readSymbolicLink(path).toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] bent = scene.random.nextBoolean()
                ? Arrays.copyOf(target, 1 + scene.random.nextInt(target.length))
                : flipped(scene.random, target, 1);
        String text = new String(bent, StandardCharsets.US_ASCII).replaceAll("[^!-~]", "_");
        scene.link(path, Path.of(text));
    });

    private static final String[] NAMES = {
        "1.lock.yaml",
        "2.lock.yaml",
        "9.lock.yaml",
        "1.env.yaml",
        "2.env.yaml",
        "7.env.yaml",
        "other.pin.yaml",
        "base.pin.yaml",
        "notes.txt",
        "core",
        "x~",
        ".x.swp",
        "current",
        "profile.lock.yaml",
        "last-generation",
        "sealed",
        "profile.yaml",
        "dead-since.2026-01-01T00:00:00Z"
    };

    @SuppressWarnings("ImmutableEnumChecker") // a lambda without state
    private final Scope scope;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Deed deed;

    Damage(Scope scope, Deed deed) {
        this.scope = scope;
        this.deed = deed;
    }

    /** To what it can be done. */
    interface Scope {
        boolean covers(Scene scene, Path path);
    }

    /** How it is done; what undoes it is left with the scene. */
    interface Deed {
        void run(Scene scene, Path path) throws IOException;
    }

    boolean covers(Scene scene, Path path) {
        return scope.covers(scene, path);
    }

    void run(Scene scene, Path path) throws IOException {
        deed.run(scene, path);
    }

    private static boolean isFile(Scene scene, Path path) {
        return scene.whole.isFile(path);
    }

    private static boolean isNoFile(Scene scene, Path path) {
        return !scene.whole.isFile(path);
    }

    private static boolean isNoFolder(Scene scene, Path path) {
        return !scene.whole.isFolder(path);
    }

    private static boolean isNoLink(Scene scene, Path path) {
        return scene.whole.isFile(path) || scene.whole.isFolder(path);
    }

    private static byte[] flipped(Random random, byte[] bytes, int most) {
        byte[] changed = bytes.clone();
        for (int i = random.nextInt(most); i >= 0 && changed.length > 0; i--) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(one);
        all.writeBytes(other);
        return all.toByteArray();
    }

    /** Whether it leaves a file where it is, with other bytes in it. */
    boolean changesContent() {
        return EnumSet.range(BIT_FLIPPED, HUGE).contains(this);
    }

    /** One damaging of one store, and what undoes it. */
    static final class Scene implements AutoCloseable {
        final Random random;
        final Snapshot whole;
        private final Path aside;
        private final List<Undo> undoing = new ArrayList<>();
        private final List<Path> touched = new ArrayList<>();

        /** @param aside a folder for what is replaced */
        Scene(Random random, Snapshot whole, Path aside) {
            this.random = random;
            this.whole = whole;
            this.aside = aside;
        }

        interface Undo {
            void run() throws IOException;
        }

        interface Which {
            boolean is(Path path);
        }

        interface Edit {
            void run(List<String> lines, Integer at);
        }

        private void later(Undo undo) {
            undoing.add(undo);
        }

        /** Not if the store has removed it itself. */
        private void laterIfThere(Path path, Undo undo) {
            later(() -> {
                if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                    undo.run();
                }
            });
        }

        private byte[] content(Path file) {
            return whole.content(file);
        }

        private int offset(Path file) {
            return random.nextInt(Math.max(1, content(file).length));
        }

        private Path any(Which which) {
            List<Path> fitting = whole.paths().stream().filter(which::is).toList();
            return fitting.get(random.nextInt(fitting.size()));
        }

        private Path name(Path folder) {
            return folder.resolve(NAMES[random.nextInt(NAMES.length)]);
        }

        private void write(Path file, byte[] bytes) throws IOException {
            laterIfThere(file, () -> whole.restore(file));
            whole.write(file, bytes);
        }

        private void edit(Path file, Edit edit) throws IOException {
            List<String> lines =
                    new ArrayList<>(List.of(new String(content(file), StandardCharsets.UTF_8).split("(?<=\n)", -1)));
            edit.run(lines, random.nextInt(lines.size()));
            write(file, String.join("", lines).getBytes(StandardCharsets.UTF_8));
        }

        /** Adds a file; one that is there stays. */
        private void add(Path file, byte[] bytes) throws IOException {
            if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
                touched.add(file);
                later(() -> Files.deleteIfExists(file));
                Files.write(file, bytes);
                FileUser.give(file);
            }
        }

        /** Puts aside what is there. */
        private Path replace(Path path) throws IOException {
            Path put = aside.resolve("was");
            Files.move(path, put);
            later(() -> {
                TreeRemoval.delete(path);
                if (Files.exists(path.getParent())) {
                    Files.move(put, path);
                } else {
                    TreeRemoval.delete(put); // what it belongs to was collected
                }
            });
            return put;
        }

        private void link(Path path, Path target) throws IOException {
            replace(path);
            Files.createSymbolicLink(path, target);
        }

        /** Whether a message names what was damaged, or a folder that it is in. */
        boolean isNamedIn(String message, Path target) {
            touched.add(target);
            return touched.stream()
                    .flatMap(path -> Stream.iterate(path, Path::getParent)
                            .takeWhile(one -> !one.equals(aside.resolveSibling("pool"))))
                    .map(path -> aside.resolveSibling("pool").relativize(path).toString())
                    .anyMatch(message::contains);
        }

        /** Undoes it, as far as the store has not done so itself. */
        @Override
        public void close() throws IOException {
            Collections.reverse(undoing);
            for (Undo undo : undoing) {
                undo.run();
            }
        }
    }
}
