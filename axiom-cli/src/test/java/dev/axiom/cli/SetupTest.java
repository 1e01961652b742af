package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupTest {
    private final Sandbox box;

    SetupTest(@TempDir Path folder) {
        this.box = new Sandbox(folder);
    }

    @Test
    void theSecondTimeNothingHappens() {
        assertThat(box.out("setup")).isEqualTo("created dir:" + box.pool() + "\n");
        assertThat(box.out("setup")).isEqualTo("unchanged dir:" + box.pool() + "\n");
        assertThat(box.out("setup", "--json"))
                .isEqualTo("{\"pool\":\"dir:" + box.pool() + "\",\"status\":\"unchanged\"}\n");
        assertThat(box.axiom("setup", "--quiet")).isEqualTo(new CliRun(0, "", ""));
    }

    @Test
    void theUsualPoolIsInTheUsersFolder() {
        CliRun run = CliRun.in(Map.of("HOME", box.folder().toString()), "setup");
        assertThat(run.out()).isEqualTo("created dir:" + box.folder() + "/.local/share/axiom\n");
    }

    @Test
    void aFolderWithSomethingElseInItIsLeftAlone() throws Exception {
        Files.createDirectories(box.pool());
        Files.writeString(box.pool().resolve("letter"), "Dear");
        assertThat(box.refusal(9, "setup")).contains(box.pool() + " is not a pool and holds something else: letter");
        try (var files = Files.list(box.pool())) {
            assertThat(files).containsExactly(box.pool().resolve("letter"));
        }
    }

    @Test
    void aPoolThatCannotBeMadeIsNamed() {
        assertThat(box.refusal(9, "setup", "--pool", "dir:/proc/axiom")).contains("/proc/axiom");
        assertThat(box.refusal(2, "setup", "--pool", "here")).contains("--pool");
        assertThat(box.refusal(2, "setup", "surplus")).contains("unexpected argument 'surplus'");
    }
}
