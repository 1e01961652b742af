package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.PackageId;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.testing.InMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manifest that is not as it was written stops a collection, whoever's it is, and there is a way out. */
class DamagedManifestTest {
    private final PoolRun pool;
    private final Path folder;

    DamagedManifestTest(@TempDir(factory = InMemory.class) Path folder) throws IOException {
        this.folder = folder;
        this.pool = new PoolRun(folder);
        pool.add("dead", "1.0");
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private Path manifest(PackageId id) {
        return pool.pool().resolve(StoreLayout.packageDataset(id).value()).resolve("manifest.yaml");
    }

    private String[] gc(String... more) {
        String[] words = {
            "gc", "--grace", "0", "--lock-file", folder.resolve("l").toString()
        };
        String[] all = Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return all;
    }

    @Test
    void theCollectionStopsAndSaysHowToGoOn() throws IOException {
        PackageId cut = pool.add("cut", "1.0");
        Path file = manifest(cut);
        Files.writeString(file, "");

        for (String[] command : new String[][] {gc(), gc("--dry-run")}) {
            assertThat(pool.refusal(8, command))
                    .contains(file.toString(), "axiom package remove " + cut, "axiom package verify " + cut);
        }
        CliRun status = pool.axiom("status");
        assertThat(status.code()).as("%s", status).isEqualTo(8);
        assertThat(status.out()).contains("packages").contains("no collection yet");
        assertThat(status.err()).containsOnlyOnce(file.toString());
        assertThat(pool.axiom("package", "verify", cut.toString()).code()).isNotZero();
        assertThat(manifest(cut)).exists();

        pool.out("package", "remove", cut.toString());
        assertThat(pool.out(gc())).contains("dead");
    }
}
