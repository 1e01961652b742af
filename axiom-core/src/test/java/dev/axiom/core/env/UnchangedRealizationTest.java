package dev.axiom.core.env;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.EnvStrategy;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.os.FileSteps;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A realization that finds what it would make: its maker may have been killed before all of it was durable. */
class UnchangedRealizationTest {
    @AfterEach
    void ignore() {
        FileSteps.ignore();
    }

    @Test
    void makesTheRecordAndThePointerDurable(@TempDir Path folder) {
        Set<Path> synced = new HashSet<>();
        try (Workbench bench = new Workbench(folder)) {
            PackageId id = bench.add("tool@1.0", new Tree().file("bin/tool", "1.0"));
            bench.realize(EnvStrategy.LINK, 1, id);
            FileSteps.listen((step, path, target) -> {
                if (step == FileSteps.Step.SYNC) {
                    synced.add(path);
                }
            });
            assertThat(bench.realize(EnvStrategy.LINK, 1, id).changed()).isFalse();
            Path env = bench.layout.envFolder(Workbench.DEV);
            assertThat(synced).contains(env, env.resolve("generations"));
        }
    }
}
