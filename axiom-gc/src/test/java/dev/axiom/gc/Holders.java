package dev.axiom.gc;

import dev.axiom.core.model.PackageId;
import dev.axiom.core.pool.DatasetExistsException;
import dev.axiom.core.pool.DatasetMissingException;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.RecordKey;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.StoreLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Takes packages, adding them where they are missing, and looks whether they stay as long as they are held. */
final class Holders {
    private static final List<PackageId> PACKAGES = Letters.ids("a b c d e f g h");
    private static final int LOOKS = 5;

    private final TestStore store;
    private final Random random;
    private final String name;

    Holders(TestStore store, long seed) {
        this.store = store;
        this.random = new Random(seed);
        this.name = "holder" + seed;
    }

    /** Arguments: the pool, a seed, how often. Ends with 0 if nothing that was held ever went. */
    public static void main(String[] arguments) {
        try (TestStore store = new TestStore(Path.of(arguments[0]))) {
            new Holders(store, Long.parseLong(arguments[1])).run(Integer.parseInt(arguments[2]));
        }
        System.out.println("HELD");
    }

    void run(int times) {
        for (int i = 0; i < times; i++) {
            PackageId id = PACKAGES.get(random.nextInt(PACKAGES.size()));
            if (random.nextBoolean()) {
                byLease(id);
            } else {
                byPin(id);
            }
        }
    }

    private void byLease(PackageId id) {
        try (Lease lease = store.pool().lease(name)) {
            look(acquire(lease, id), id);
        }
    }

    /** The lease ends while the pin still holds. */
    private void byPin(PackageId id) {
        Path path;
        try (Lease lease = store.pool().lease(name)) {
            path = acquire(lease, id);
            store.root("pin " + name, id.name().value());
        }
        look(path, id);
        store.unroot(new RecordKey(RecordKind.PIN, name, 0));
    }

    private Path acquire(Lease lease, PackageId id) {
        while (true) {
            try {
                return lease.open(StoreLayout.packageDataset(id));
            } catch (DatasetMissingException collected) {
                try {
                    store.add(lease, id, "");
                } catch (DatasetExistsException othersWereFaster) {
                    // then it can be opened, unless it is collected before
                }
            }
        }
    }

    private static void look(Path path, PackageId id) {
        for (int i = 0; i < LOOKS; i++) {
            try {
                String content = Files.readString(path.resolve("root/file"));
                if (!content.equals(id.toString())) {
                    throw new IllegalStateException(path + " holds " + content);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("while it was held, " + path + " went", e);
            }
        }
    }
}
