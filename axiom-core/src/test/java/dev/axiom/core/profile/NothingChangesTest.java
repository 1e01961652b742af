package dev.axiom.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.os.FileSteps;
import dev.axiom.core.os.FileSteps.Step;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.TestStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands that find all as it should be. Who made it so may have been killed before it was durable; who says that it is
 * done makes it durable.
 */
class NothingChangesTest {
    private static final ProfileName DEV = new ProfileName("dev");
    private static final List<Requirement> WEB = List.of(Requirement.parse("web"));

    private final Set<Path> synced = new HashSet<>();
    private TestStore store;
    private Profiles profiles;
    private ProfileResolver resolver;
    private Lease lease;

    @BeforeEach
    void resolveOnce(@TempDir Path folder) throws IOException {
        store = new TestStore(folder);
        profiles = new Profiles(store.layout, store.records, store.locks());
        resolver = new ProfileResolver(profiles, store.packages, store.records);
        lease = store.pool.lease("test");
        profiles.create(lease, DEV, "");
        profiles.add(lease, DEV, WEB);
        store.add("web", "1.0");
        resolver.resolve(lease, DEV, ResolveRequest.MINIMAL);
        FileSteps.listen((step, path, target) -> {
            if (step == Step.SYNC) {
                synced.add(path);
            }
        });
    }

    @AfterEach
    void close() {
        FileSteps.ignore();
        lease.close();
        store.close();
    }

    @Test
    void aResolveMakesTheRecordAndThePointerDurable() {
        assertThat(resolver.resolve(lease, DEV, ResolveRequest.MINIMAL).changed())
                .isFalse();
        Path folder = store.layout.profileFolder(DEV);
        assertThat(synced).contains(folder, folder.resolve("generations"));
    }

    @Test
    void aWishThatIsThereMakesTheFileDurable() {
        profiles.add(lease, DEV, WEB);
        assertThat(synced).contains(store.layout.profileFolder(DEV));
    }
}
