package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pool in a folder says to streams. That they arrive, ZfsTransferTest and the tour on a zfs: pool show. */
class PackageTransferTest {
    private final Sandbox box;

    PackageTransferTest(@TempDir Path folder) throws Exception {
        this.box = new Sandbox(folder);
        box.out("package", "add", box.tree("a-1"));
    }

    @Test
    void aFolderCanNeitherSendNorReceive() throws Exception {
        assertThat(box.refusal(9, "package", "send", "a"))
                .contains(
                        "dir:" + box.pool() + " can neither send nor receive packages: only zfs: pools can",
                        "axiom package add");
        assertThat(box.refusal(9, "package", "receive", "--json")).contains("\"code\":\"unavailable\"");
        box.assertNothingIsLeftBehind();
    }

    @Test
    void theFileMustBeThere() {
        assertThat(box.refusal(3, "package", "receive", box.folder().resolve("none")))
                .contains("none does not exist");
    }
}
