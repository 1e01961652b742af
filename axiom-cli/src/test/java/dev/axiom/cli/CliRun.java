package dev.axiom.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** What one command line, run in this process, gave back. */
record CliRun(int code, String out, String err) {

    /** Runs the program in a world without variables, terminals or a home. */
    static CliRun of(String... arguments) {
        return in(Map.of(), arguments);
    }

    static CliRun in(Map<String, String> variables, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Environment world = new Environment(
                variables,
                InputStream.nullInputStream(),
                out,
                err,
                Environment.Terminal.NONE,
                Path.of("").toAbsolutePath(),
                false,
                Clock.systemUTC());
        int code = Main.run(List.of(arguments), world);
        return new CliRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
