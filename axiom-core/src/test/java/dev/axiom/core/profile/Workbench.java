package dev.axiom.core.profile;

import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.TestStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A pool with the profile {@code dev}, which wants {@code web} and was resolved to web 1.0, as its generation 1. */
final class Workbench implements AutoCloseable {
    static final ProfileName DEV = new ProfileName("dev");
    static final List<Requirement> WEB = List.of(Requirement.parse("web"));

    final TestStore store;
    final Profiles profiles;
    final ProfileResolver resolver;
    final Lease lease;

    Workbench(Path folder) throws IOException {
        store = new TestStore(folder);
        profiles = new Profiles(store.layout, store.records, store.locks());
        resolver = new ProfileResolver(profiles, store.packages, store.records);
        lease = store.pool.lease("test");
        profiles.create(lease, DEV, "");
        profiles.add(lease, DEV, WEB);
        store.add("web", "1.0");
        resolve();
    }

    /** Resolves with as few changes as can be. */
    Resolved resolve() {
        return resolver.resolve(lease, DEV, ResolveRequest.MINIMAL);
    }

    @Override
    public void close() {
        lease.close();
        store.close();
    }
}
