package dev.axiom.cli.command.env;

import dev.axiom.cli.Output;
import dev.axiom.core.env.Shell;

/** Prints code for a shell to evaluate: nothing else may be on standard output. */
final class ShellCode {
    private ShellCode() {}

    /** {@code {"shell","code"}} for scripts. */
    static void print(Output output, Shell shell, String code) {
        output.data(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("shell", shell == Shell.FISH ? "fish" : "sh");
                    json.writeStringField("code", code);
                    json.writeEndObject();
                },
                text -> text.write(code.endsWith("\n") ? code : code + "\n"));
    }
}
