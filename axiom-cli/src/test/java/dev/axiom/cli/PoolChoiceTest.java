package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.model.AxiomException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolChoiceTest {
    private final GlobalOptions options = new GlobalOptions();

    @Test
    void theOptionBeatsTheVariableBeatsTheConfigurationBeatsTheDefault() {
        Environment world = world(false, Map.of("AXIOM_POOL", "dir:/variable", "HOME", "/home/ann"));
        Environment bare = world(false, Map.of("HOME", "/home/ann"));
        assertThat(PoolChoice.of(bare, options, null)).hasToString("dir:/home/ann/.local/share/axiom");
        assertThat(PoolChoice.of(bare, options, "zfs:tank/axiom")).hasToString("zfs:tank/axiom");
        assertThat(PoolChoice.of(world, options, "zfs:tank/axiom")).hasToString("dir:/variable");
        options.pool = "dir:option";
        assertThat(PoolChoice.of(world, options, "zfs:tank/axiom")).hasToString("dir:option");
    }

    @Test
    void theDefaultFollowsXdgAndTheUser() {
        assertThat(PoolChoice.of(world(false, Map.of("HOME", "/h", "XDG_DATA_HOME", "/data")), options, null))
                .hasToString("dir:/data/axiom");
        assertThat(PoolChoice.of(world(false, Map.of("HOME", "/h", "XDG_DATA_HOME", "rel")), options, null))
                .hasToString("dir:/h/.local/share/axiom");
        assertThat(PoolChoice.of(world(true, Map.of("HOME", "/root")), options, null))
                .hasToString("dir:/var/lib/axiom");
    }

    @Test
    void anEmptyVariableIsNoChoice() {
        assertThat(PoolChoice.of(world(true, Map.of("AXIOM_POOL", "")), options, null))
                .hasToString("dir:/var/lib/axiom");
    }

    @Test
    void aHomelessUserIsToldWhatToSet() {
        assertThatThrownBy(() -> PoolChoice.of(world(false, Map.of()), options, null))
                .isInstanceOf(AxiomException.class)
                .hasMessageContaining("HOME");
    }

    @Test
    void aMalformedChoiceNamesWhoMadeIt() {
        for (String wrong : new String[] {"", "dir:", "zfs:", "/path", "DIR:/x", "dir:~/x", "dir:~"}) {
            options.pool = wrong;
            assertThatThrownBy(() -> PoolChoice.of(world(true, Map.of()), options, null))
                    .isInstanceOf(AxiomException.class)
                    .hasMessageStartingWith("--pool: ");
        }
    }

    private static Environment world(boolean superuser, Map<String, String> variables) {
        return new Environment(
                variables,
                InputStream.nullInputStream(),
                OutputStream.nullOutputStream(),
                OutputStream.nullOutputStream(),
                Environment.Terminal.NONE,
                Path.of("/"),
                superuser,
                Clock.systemUTC());
    }
}
