package dev.axiom.cli;

import dev.axiom.core.format.SettingsCodec;
import dev.axiom.core.format.Source;
import dev.axiom.core.model.Settings;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the settings of a run: the user's file over the system's, or the one that {@code --config} names. */
final class Configuration {
    private static final Path SYSTEM = Path.of("/etc/axiom/config.yaml");

    private Configuration() {}

    /**
     * Reads them.
     *
     * @throws dev.axiom.core.model.AxiomException {@code INVALID} if a file breaks a rule, {@code UNAVAILABLE} if it
     *     cannot be read; a file that is not there says nothing, unless {@code --config} names it
     */
    static Settings of(Environment environment, GlobalOptions options) {
        return of(environment, options, SYSTEM);
    }

    static Settings of(Environment environment, GlobalOptions options, Path system) {
        Path named = options.config();
        if (named != null) {
            return SettingsCodec.read(Source.userFile(environment.directory().resolve(named)));
        }
        Settings settings = ifThere(system);
        // Without a home there is no user's file, which is no reason to refuse.
        boolean placed = environment.variable("XDG_CONFIG_HOME").startsWith("/")
                || !environment.variable("HOME").isEmpty();
        return placed
                ? ifThere(environment.userFolder("XDG_CONFIG_HOME", ".config").resolve("axiom/config.yaml"))
                        .over(settings)
                : settings;
    }

    private static Settings ifThere(Path file) {
        return Files.notExists(file) ? Settings.NONE : SettingsCodec.read(Source.userFile(file));
    }
}
