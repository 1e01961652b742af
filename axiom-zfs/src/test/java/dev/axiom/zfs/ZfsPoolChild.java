package dev.axiom.zfs;

import dev.axiom.core.pool.DatasetExistsException;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Pool;
import dev.axiom.core.testing.ChildJvm;
import dev.axiom.core.testing.Race;
import java.nio.file.Files;
import java.util.List;

/** What the child processes of {@link ZfsPoolKernelTest} do: a task's name and the pool's dataset. */
final class ZfsPoolChild {
    private static final DatasetName HELD = new DatasetName("store/held");

    private ZfsPoolChild() {}

    public static void main(String[] arguments) throws Exception {
        Pool pool = ZfsPools.open(arguments[1]);
        switch (arguments[0]) {
            case "protect" -> protect(pool);
            case "race" -> race(pool);
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void protect(Pool pool) {
        Lease lease = pool.lease("child");
        lease.protect(List.of(HELD));
        lease.stage();
        ChildJvm.sayAndHang("protected");
    }

    private static void race(Pool pool) throws Exception {
        List<Boolean> won = Race.results(8, number -> {
            try (Lease lease = pool.lease("racer")) {
                boolean first = publish(lease);
                if (!Files.readString(lease.open(HELD).resolve("content")).equals(HELD.value())) {
                    throw new AssertionError("what others published is not whole");
                }
                return first;
            }
        });
        System.out.println(won);
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
