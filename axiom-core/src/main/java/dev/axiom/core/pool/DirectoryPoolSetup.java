package dev.axiom.core.pool;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/** Makes and recognises the folder of a {@link DirectoryPool}. The file {@code .pool/format} is written last. */
final class DirectoryPoolSetup {
    static final String LOCK = ".pool/lock";
    static final String LEASES = "state/leases";

    static final String RESERVE = ".pool/reserve";

    static final String FORMAT = ".pool/format";
    private static final String VERSION = "axiom-pool 1\n";
    private static final List<String> FOLDERS = List.of("store", "staging", "trash", "env", "state", LEASES);

    private DirectoryPoolSetup() {}

    /** @throws AxiomException {@code UNAVAILABLE} unless this is a pool of a version that we know */
    static void check(Path root) {
        try {
            String format = Files.readString(root.resolve(FORMAT));
            if (!format.equals(VERSION)) {
                throw new AxiomException(
                        ErrorCode.UNAVAILABLE,
                        "the pool " + root + " has the format '" + format.strip() + "'; this Axiom knows '"
                                + VERSION.strip() + "'",
                        "use the Axiom that made it, or a newer one",
                        null);
            }
        } catch (NoSuchFileException missing) {
            throw new AxiomException(
                    ErrorCode.UNAVAILABLE,
                    "there is no pool at " + root,
                    "make one with: axiom --pool dir:" + root + " setup",
                    null);
        } catch (IOException e) {
            throw AxiomException.io("open the pool " + root, e);
        }
    }

    static boolean isThere(Path root) {
        return Files.exists(root.resolve(FORMAT));
    }

    static void run(Path root) {
        if (isThere(root)) {
            return;
        }
        try {
            claim(root);
            try (FileLock lock = FileLock.exclusive(new FileLock.Request(
                    root.resolve(LOCK), "the pool " + root, Duration.ofSeconds(30), "axiom setup"))) {
                if (!isThere(root)) {
                    fill(root);
                }
            }
        } catch (IOException e) {
            throw AxiomException.io("make the pool " + root, e);
        }
    }

    /** Makes the folder, or takes an empty one; {@code .pool} says that it is ours from then on. */
    private static void claim(Path root) throws IOException {
        if (Files.exists(root) && !Files.exists(root.resolve(".pool"))) {
            try (var content = Files.list(root)) {
                var foreign = content.filter(file -> !file.endsWith("lost+found") && !file.endsWith(".pool"))
                        .findFirst();
                if (foreign.isPresent() && !Files.exists(root.resolve(".pool"))) {
                    throw new AxiomException(
                            ErrorCode.UNAVAILABLE,
                            root + " is not a pool and holds something else: "
                                    + foreign.get().getFileName(),
                            "name an empty or a new folder",
                            null);
                }
            }
        }
        Files.createDirectories(root);
        try {
            Files.createDirectory(root.resolve(".pool"));
        } catch (FileAlreadyExistsException othersMakeIt) {
            // the lock decides who fills it
        }
    }

    private static void fill(Path root) throws IOException {
        FileSystemProbe.run(root.resolve(".pool"));
        for (String folder : FOLDERS) {
            Files.createDirectories(root.resolve(folder));
        }
        new Reserve(root.resolve(RESERVE)).fill();
        Path draft = root.resolve(FORMAT + ".new");
        Files.writeString(draft, VERSION);
        try (SyncGroup syncs = new SyncGroup(root)) {
            syncs.sync();
            Files.move(draft, root.resolve(FORMAT), StandardCopyOption.ATOMIC_MOVE);
            syncs.sync();
        }
    }
}
