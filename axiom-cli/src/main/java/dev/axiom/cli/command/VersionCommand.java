package dev.axiom.cli.command;

import dev.axiom.cli.Action;
import dev.axiom.cli.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.Command;

/** {@code axiom version}. */
@Command
public final class VersionCommand implements Action {
    private final Session session;

    public VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public int run() {
        String version = version();
        String java = System.getProperty("java.runtime.version", "unknown");
        session.output()
                .data(
                        json -> {
                            json.writeStartObject();
                            json.writeStringField("version", version);
                            json.writeStringField("java", java);
                            json.writeEndObject();
                        },
                        text -> text.write("axiom " + version + " (Java " + java + ")\n"));
        return 0;
    }

    /** The version that the build wrote into this program. */
    public static String version() {
        try (InputStream in =
                Objects.requireNonNull(VersionCommand.class.getResourceAsStream("/dev/axiom/cli/build.properties"))) {
            Properties build = new Properties();
            build.load(in);
            return build.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException("build.properties is part of the program", e);
        }
    }
}
