package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
    /** A lesson that fails on its way teaches too little; those that are meant to fail are these. */
    @Test
    void everyLessonIsUnderstood(@TempDir Path folder) throws Exception {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> failed = Training.run(folder, err);
        assertThat(failed)
                .as(err.toString(StandardCharsets.UTF_8))
                .containsExactly("oops", "package add lesson-1.0 missing-1.0", "package remove lesson");
        assertThat(Files.exists(folder.resolve("gc.lock"))).isTrue();
    }
}
