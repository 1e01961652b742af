package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    private final Path folder;
    private final Path system;
    private final GlobalOptions options = new GlobalOptions();

    ConfigurationTest(@TempDir Path folder) {
        this.folder = folder;
        this.system = folder.resolve("system.yaml");
    }

    @Test
    void noFileSaysNothing() {
        assertThat(read(Map.of())).isEqualTo(Settings.NONE);
        assertThat(read(Map.of("HOME", folder.toString()))).isEqualTo(Settings.NONE);
    }

    @Test
    void theUsersFileIsReadOverTheSystems() throws IOException {
        Files.writeString(system, "pool: dir:/system\njobs: 3\n");
        Path user =
                Files.createDirectories(folder.resolve("home/.config/axiom")).resolve("config.yaml");
        Files.writeString(user, "pool: dir:/user\n");
        Settings settings = read(Map.of("HOME", folder.resolve("home").toString()));
        assertThat(settings.pool()).isEqualTo("dir:/user");
        assertThat(settings.jobs()).isEqualTo(3);
        assertThat(read(Map.of()).pool()).isEqualTo("dir:/system");
    }

    @Test
    void aNamedFileStandsAlone() throws IOException {
        Files.writeString(system, "jobs: 3\n");
        Files.writeString(folder.resolve("mine.yaml"), "pool: dir:/mine\n");
        options.config = Path.of("mine.yaml");
        assertThat(read(Map.of()).pool()).isEqualTo("dir:/mine");
        assertThat(read(Map.of()).jobs()).isNull();
    }

    @Test
    void aNamedFileThatIsNotThereIsAnError() {
        options.config = Path.of("missing.yaml");
        assertThatThrownBy(() -> read(Map.of()))
                .isInstanceOf(AxiomException.class)
                .hasMessageContaining("missing.yaml");
    }

    @Test
    void aKeyThatIsNotKnownIsAnErrorWithItsPlace() throws IOException {
        Files.writeString(system, "jobs: 3\npol: dir:/x\n");
        assertThatThrownBy(() -> read(Map.of()))
                .isInstanceOfSatisfying(AxiomException.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.INVALID))
                .hasMessageContaining("system.yaml:2:1");
    }

    /** It would mean another pool in every working directory. */
    @Test
    void aRelativePoolIsAnErrorWithItsPlace() throws IOException {
        Files.writeString(system, "jobs: 3\npool: dir:relpool\n");
        assertThatThrownBy(() -> read(Map.of()))
                .isInstanceOfSatisfying(AxiomException.class, refused -> assertThat(refused.code())
                        .isEqualTo(ErrorCode.INVALID))
                .hasMessageContaining("system.yaml:2:7")
                .hasMessageContaining("absolute");
    }

    @Test
    void aTildeIsAnErrorWithTheWayOut() throws IOException {
        Files.writeString(system, "pool: dir:~/axiom\n");
        assertThatThrownBy(() -> read(Map.of()))
                .isInstanceOfSatisfying(AxiomException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(ErrorCode.INVALID);
                    assertThat(refused.hint()).contains("the whole path");
                })
                .hasMessageContaining("system.yaml:1:7");
    }

    private Settings read(Map<String, String> variables) {
        Environment world = new Environment(
                variables,
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                Environment.Terminal.NONE,
                folder,
                false,
                Clock.systemUTC());
        return Configuration.of(world, options, system);
    }
}
