package dev.axiom.zfs;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.pool.DatasetExistsException;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.testing.ChildJvm;
import dev.axiom.core.testing.Race;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** What the child processes of the tests in the guest do: a task's name, the pool's dataset, and what the task needs. */
final class ZfsPoolChild {
    /** How many threads of each process race. */
    static final int THREADS = 8;

    /** What the child writes through a map of a file. */
    static final String MAPPED = "mapped".repeat(10_000);

    private static final DatasetName HELD = new DatasetName("store/held");

    private ZfsPoolChild() {}

    public static void main(String[] arguments) throws Exception {
        Pool pool = ZfsPools.open(arguments[1]);
        switch (arguments[0]) {
            case "protect" -> protect(pool);
            case "glance" -> glance(pool, arguments[2]);
            case "map" -> map(Path.of(arguments[2]));
            case "race" -> race(pool, Path.of(arguments[2]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void protect(Pool pool) {
        Lease lease = pool.lease("child");
        lease.protect(List.of(HELD));
        lease.stage();
        ChildJvm.sayAndHang("protected");
    }

    /** Leaves it to the system when that is written out. */
    private static void map(Path file) throws IOException {
        byte[] content = MAPPED.getBytes(StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.map(FileChannel.MapMode.READ_WRITE, 0, content.length).put(content);
        }
    }

    private static void glance(Pool pool, String expected) {
        String said;
        try {
            said = pool.glance(HELD, ZfsPoolKernelTest::content);
        } catch (AxiomException e) {
            said = String.valueOf(e.getMessage());
        }
        if (!said.contains(expected)) {
            throw new AssertionError(said);
        }
    }

    /** Says that it is ready, and starts when the parent opens the gate: a lock that it holds until then. */
    private static void race(Pool pool, Path gate) throws Exception {
        System.out.println("ready");
        try (FileChannel channel = FileChannel.open(gate);
                FileLock open = channel.lock(0, Long.MAX_VALUE, true)) {
            Race.run(THREADS, number -> {
                try (Lease lease = pool.lease("racer")) {
                    if (publish(lease)) {
                        Files.createFile(gate.resolveSibling(
                                "won-" + ProcessHandle.current().pid() + "-" + number));
                    }
                    if (!Files.readString(lease.open(HELD).resolve("content")).equals(HELD.value())) {
                        throw new AssertionError("what others published is not whole");
                    }
                }
            });
        }
        pool.close();
    }

    private static boolean publish(Lease lease) throws Exception {
        try {
            ZfsPoolKernelTest.publish(lease, HELD);
            return true;
        } catch (DatasetExistsException there) {
            return false;
        }
    }
}
