package dev.axiom.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.os.FileSteps;
import dev.axiom.core.os.FileSteps.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
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
    private final Set<Path> synced = new HashSet<>();
    private Workbench bench;
    private Path profile;

    @BeforeEach
    void resolveOnce(@TempDir Path folder) throws IOException {
        bench = new Workbench(folder);
        profile = bench.store.layout.profileFolder(Workbench.DEV);
        FileSteps.listen((step, path, target) -> {
            if (step == Step.SYNC) {
                synced.add(path);
            }
        });
    }

    @AfterEach
    void close() {
        FileSteps.ignore();
        bench.close();
    }

    @Test
    void aResolveMakesTheRecordAndThePointerDurable() {
        assertThat(bench.resolve().changed()).isFalse();
        assertThat(synced).contains(profile, profile.resolve("generations"));
    }

    @Test
    void aWishThatIsThereMakesTheFileDurable() {
        bench.profiles.add(bench.lease, Workbench.DEV, Workbench.WEB);
        assertThat(synced).contains(profile);
    }
}
