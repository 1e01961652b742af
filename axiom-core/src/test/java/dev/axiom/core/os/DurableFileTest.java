package dev.axiom.core.os;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.os.FileSteps.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made durable, and when. */
class DurableFileTest {
    private final List<String> steps = new ArrayList<>();

    @AfterEach
    void ignore() {
        FileSteps.ignore();
    }

    /** Without that a power cut may take the folder, with all that was made durable in it. */
    @Test
    void theNamesOfNewFoldersAreMadeDurable(@TempDir Path top) throws IOException {
        FileSteps.listen((step, path, target) -> {
            if (step == Step.SYNC) {
                steps.add(top.relativize(path).toString());
            }
        });
        DurableFile.makeFolders(top.resolve("a/b"));
        assertThat(steps).containsExactly("", "a");
        DurableFile.makeFolders(top.resolve("a/b/c"));
        assertThat(steps).containsExactly("", "a", "a/b");
        DurableFile.makeFolders(top.resolve("a/b/c"));
        assertThat(steps).hasSize(3);
        assertThat(top.resolve("a/b/c")).isDirectory();
    }
}
