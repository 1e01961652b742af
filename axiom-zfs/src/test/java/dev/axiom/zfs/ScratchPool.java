package dev.axiom.zfs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A pool of ZFS on a file in the guest's memory, made and destroyed by {@code zpool}. Nothing of it is mounted by itself.
 */
final class ScratchPool implements AutoCloseable {
    private static final long SIZE = 512L << 20;

    private final String name;
    private final Path file;

    private ScratchPool(String name, Path file) {
        this.name = name;
        this.file = file;
    }

    /** Makes a pool of 512 MiB; the file has holes, so that only what is written needs memory. */
    static ScratchPool create(String name) throws IOException, InterruptedException {
        Path file = Files.createTempFile(name, ".vdev");
        try (RandomAccessFile vdev = new RandomAccessFile(file.toFile(), "rw")) {
            vdev.setLength(SIZE);
        }
        run("zpool", "create", "-O", "mountpoint=none", name, file.toString());
        return new ScratchPool(name, file);
    }

    String name() {
        return name;
    }

    /**
     * Runs a command and returns what it printed, on either output, without the last line end.
     *
     * @throws IOException if it ends with another status than 0; the message has what it printed
     */
    static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + status + ": " + output);
        }
        return output;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("zpool", "destroy", "-f", name);
        Files.delete(file);
    }
}
