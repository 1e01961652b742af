package dev.axiom.cli.command.profile;

import dev.axiom.cli.Environment;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;

/** The program with which the user edits texts. */
final class Editor {
    private static final String USUAL = "vi";

    private Editor() {}

    /**
     * Opens a file and waits until the user is done. The shell takes the variable's words apart, as other programs do.
     *
     * @throws AxiomException {@code UNAVAILABLE} if the editor fails or cannot be run, {@code BUSY} if the waiting was
     *     interrupted; the editor was ended then
     */
    static void open(Environment environment, Path file) {
        String editor = named(environment);
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", editor + " \"$1\"", "sh", file.toString()).inheritIO();
        builder.directory(environment.directory().toFile());
        builder.environment().clear(); // the launcher's own, such as its locale, are not the user's
        builder.environment().putAll(environment.variables());
        try {
            Process process = builder.start();
            int code = waitFor(process, editor);
            if (code != 0) {
                throw new AxiomException(
                        ErrorCode.UNAVAILABLE,
                        "the editor '" + editor + "' failed with exit code " + code,
                        "set VISUAL or EDITOR to the editor of your choice",
                        null);
            }
        } catch (IOException e) {
            throw AxiomException.io("run sh", e);
        }
    }

    private static String named(Environment environment) {
        String visual = environment.variable("VISUAL");
        String editor = visual.isEmpty() ? environment.variable("EDITOR") : visual;
        return editor.isEmpty() ? USUAL : editor;
    }

    private static int waitFor(Process process, String editor) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new AxiomException(ErrorCode.BUSY, "interrupted while '" + editor + "' ran", null, e);
        }
    }
}
