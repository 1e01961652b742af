package dev.axiom.gc.schedule;

import dev.axiom.core.archive.TreeListing;
import dev.axiom.core.archive.UnpackOptions;
import dev.axiom.core.format.Source;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.os.TreeRemoval;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.SimulatedPool;
import dev.axiom.core.pool.Staging;
import dev.axiom.core.store.AddRequest;
import dev.axiom.core.store.Added;
import dev.axiom.core.store.PackageAdder;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.testing.InMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A package of one small file, made once by the real {@link PackageAdder} and then copied. It is called by a letter and
 * a digit: {@code a2} is version 2 of {@code a}.
 */
record Template(String name, PackageId id, Map<String, String> properties, String listing, Path source) {
    private static final Map<String, Template> MADE = new ConcurrentHashMap<>();

    static Template of(String name) {
        return MADE.computeIfAbsent(name, Template::make);
    }

    private static Template make(String name) {
        try {
            Path top = Files.createTempDirectory(InMemory.PLACE, "axiom-template-");
            Path source = Files.createDirectories(top.resolve("source"));
            Files.createDirectories(source.resolve("bin"));
            Files.writeString(source.resolve("bin/" + name.charAt(0)), name);
            try (SimulatedPool pool = new SimulatedPool(top.resolve("pool"), 1);
                    Lease lease = pool.lease("template")) {
                Added added = new PackageAdder("test").add(lease, request(name, source));
                Map<String, String> properties = pool.find(StoreLayout.packageDataset(added.id()))
                        .orElseThrow()
                        .properties();
                String listing = Files.readString(added.path().resolve(TreeListing.FILE_NAME));
                TreeRemoval.delete(top.resolve("pool"));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(top)));
                return new Template(name, added.id(), properties, listing, source);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path top) {
        try {
            TreeRemoval.delete(top);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static AddRequest request(String name, Path source) {
        return new AddRequest(
                source,
                UnpackOptions.DEFAULT,
                new AddRequest.Said(
                        Optional.of(new PackageName(name.substring(0, 1))),
                        Optional.of(name.substring(1)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Source.ofUser("deps.yaml", "dependencies: []\n"))));
    }

    /** For the real adder. */
    AddRequest request() {
        return request(name, source);
    }

    /** Adds it, held by nobody afterwards. */
    void put(SimulatedPool pool) {
        try (Lease lease = pool.lease("setup");
                Staging staging = lease.stage()) {
            Path bin = Files.createDirectories(staging.path().resolve("root/bin"));
            Files.writeString(bin.resolve(name.substring(0, 1)), name);
            Files.writeString(staging.path().resolve(TreeListing.FILE_NAME), listing);
            staging.seal(properties, 100);
            staging.publish(StoreLayout.packageDataset(id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
