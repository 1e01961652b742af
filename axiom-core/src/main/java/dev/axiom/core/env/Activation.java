package dev.axiom.core.env;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.ErrorCode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Code for a shell to evaluate, so that an environment's programs come first in it, and to undo that. It names the
 * pointer, not a generation: a rollback takes effect at once in every shell.
 *
 * <p>What was there before is kept in exported variables, {@code _AXIOM_<name>_WAS}, as {@code set:<value>} or
 * {@code unset}; so a shell inside the shell can deactivate too, unset stays unset and empty stays empty. Activating
 * first undoes an activation that is in force.
 */
public final class Activation {
    /** Names the environment that is active. */
    public static final String NAME_VARIABLE = "AXIOM_ENV";

    /** Says, not exported, that the function for people in this shell is ours: another one of its name is left alone. */
    static final String FUNCTION_VARIABLE = "_AXIOM_FUNCTION";

    private Activation() {}

    /**
     * The code that activates.
     *
     * @param pointer {@link Environments#pointer}; only the folders that exist below it now are used, and {@code bin}
     * @throws AxiomException {@code INVALID} if the pool's path has a colon, which separates paths in variables
     */
    public static String activate(Shell shell, EnvName env, Path pointer) {
        Map<PathVariable, String> fronts = fronts(pointer);
        return shell == Shell.FISH ? FishActivation.activate(env, fronts) : PosixActivation.activate(env, fronts);
    }

    /** The code that undoes an activation; it does nothing where none is in force. */
    public static String deactivate(Shell shell) {
        return shell == Shell.FISH ? FishActivation.deactivate() : PosixActivation.deactivate();
    }

    /** What goes in front of which variable; variables that need nothing are left out. */
    static Map<PathVariable, String> fronts(Path content) {
        if (content.toString().indexOf(':') >= 0) {
            throw new AxiomException(
                    ErrorCode.INVALID,
                    "the path " + content + " has a colon, so it cannot be named in PATH",
                    "use a pool in another folder",
                    null);
        }
        Map<PathVariable, String> fronts = new LinkedHashMap<>();
        for (PathVariable variable : PathVariable.ALL) {
            String front = variable.front(content);
            if (!front.isEmpty()) {
                fronts.put(variable, front);
            }
        }
        return fronts;
    }

    static String was(String variable) {
        return "_AXIOM_" + variable + "_WAS";
    }
}
