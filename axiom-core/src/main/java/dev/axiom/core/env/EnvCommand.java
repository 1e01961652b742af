package dev.axiom.core.env;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A command as it runs in an environment.
 *
 * @param program the file to execute
 * @param arguments the command as given, its name first
 * @param variables the variables that differ from those of this process; all others are passed on as they are
 */
public record EnvCommand(Path program, List<String> arguments, Map<String, String> variables) {
    public EnvCommand {
        arguments = List.copyOf(arguments);
        variables = Map.copyOf(variables);
    }

    /**
     * Prepares a command: the environment's folders come first in the variables, and its name is in {@code AXIOM_ENV}.
     *
     * @param arguments the command and its arguments; a name without a slash is looked for in the new PATH
     * @param inherited the variables of this process
     * @throws AxiomException {@code NOT_FOUND} if there is no such program; {@code INVALID} if the path of the pool
     *     cannot be named in PATH
     */
    public static EnvCommand of(OpenEnv env, List<String> arguments, Map<String, String> inherited) {
        EnvName name = env.record().env();
        Map<String, String> variables = new LinkedHashMap<>();
        Activation.fronts(env.path())
                .forEach((variable, front) -> variables.put(
                        variable.name(), variable.value(front, inherited.getOrDefault(variable.name(), ""))));
        variables.put(Activation.NAME_VARIABLE, name.value());
        String program = arguments.get(0);
        Path found = program.indexOf('/') >= 0
                ? existing(Path.of(program), program)
                : search(program, variables.getOrDefault("PATH", ""), name);
        return new EnvCommand(found, arguments, variables);
    }

    private static Path existing(Path path, String program) {
        if (!isProgram(path)) {
            throw notFound("there is no program " + program);
        }
        return path;
    }

    private static Path search(String program, String path, EnvName env) {
        for (String folder : path.split(":", -1)) {
            Path candidate = Path.of(folder).resolve(program); // an empty item is the current folder, as in any shell
            if (isProgram(candidate)) {
                return candidate.toAbsolutePath();
            }
        }
        throw notFound("command '" + program + "' is neither in environment '" + env + "' nor elsewhere in PATH");
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    private static AxiomException notFound(String message) {
        return new AxiomException(ErrorCode.NOT_FOUND, message);
    }
}
