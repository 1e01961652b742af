package dev.axiom.core.env;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A command as it runs in an environment.
 *
 * @param program the file to execute
 * @param arguments the command as given, its name first
 * @param variables the variables that differ from those of this process; all others are passed on as they are
 * @param unset the variables of this process that the command shall not see
 */
public record EnvCommand(Path program, List<String> arguments, Map<String, String> variables, Set<String> unset) {
    public EnvCommand {
        arguments = List.copyOf(arguments);
        variables = Map.copyOf(variables);
        unset = Set.copyOf(unset);
    }

    /**
     * Prepares a command: the environment's folders come first in the variables, and its name is in {@code AXIOM_ENV}.
     *
     * @param arguments the command and its arguments; a name without a slash is looked for in the new PATH
     * @param inherited the variables of whoever called this process, which may differ from this process's own
     * @throws AxiomException {@code NOT_FOUND} if there is no such program; {@code UNAVAILABLE} if there is, but it
     *     cannot be executed; {@code INVALID} if the path of the pool cannot be named in PATH
     */
    public static EnvCommand of(OpenEnv env, List<String> arguments, Map<String, String> inherited) {
        EnvName name = env.record().env();
        Map<String, String> variables = new LinkedHashMap<>(changed(inherited));
        Activation.fronts(env.path())
                .forEach((variable, front) -> variables.put(
                        variable.name(), variable.value(front, inherited.getOrDefault(variable.name(), ""))));
        variables.put(Activation.NAME_VARIABLE, name.value());
        String program = arguments.get(0);
        Path found = program.indexOf('/') >= 0
                ? existing(Path.of(program), program)
                : search(program, variables.getOrDefault("PATH", ""), name);
        Set<String> unset = new HashSet<>(System.getenv().keySet());
        unset.removeAll(inherited.keySet());
        unset.removeAll(variables.keySet());
        return new EnvCommand(found, arguments, variables, unset);
    }

    /** Those that are set to something else here. Equal ones are left alone, so that their bytes stay as they are. */
    private static Map<String, String> changed(Map<String, String> inherited) {
        Map<String, String> changed = new LinkedHashMap<>(inherited);
        changed.entrySet().removeAll(System.getenv().entrySet());
        return changed;
    }

    private static Path existing(Path path, String program) {
        if (isProgram(path)) {
            return path;
        }
        throw Files.exists(path) ? notExecutable(path) : notFound("there is no program " + program);
    }

    private static Path search(String program, String path, EnvName env) {
        Path unfit = null;
        for (String folder : path.split(":", -1)) {
            Path candidate = Path.of(folder).resolve(program); // an empty item is the current folder, as in any shell
            if (isProgram(candidate)) {
                return candidate.toAbsolutePath();
            }
            unfit = unfit == null && Files.isRegularFile(candidate) ? candidate : unfit;
        }
        if (unfit != null) {
            throw notExecutable(unfit);
        }
        throw notFound("command '" + program + "' is neither in environment '" + env + "' nor elsewhere in PATH");
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    private static AxiomException notExecutable(Path path) {
        return new AxiomException(ErrorCode.UNAVAILABLE, path + " is not executable");
    }

    private static AxiomException notFound(String message) {
        return new AxiomException(ErrorCode.NOT_FOUND, message);
    }
}
