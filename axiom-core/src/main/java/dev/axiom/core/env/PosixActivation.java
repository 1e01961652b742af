package dev.axiom.core.env;

import dev.axiom.core.model.EnvName;
import java.util.Map;

/**
 * Activation for sh, bash, zsh and the like. It works under {@code set -eu}, and uses no word splitting: zsh has none.
 */
final class PosixActivation {
    /** The name of the function for people. */
    private static final String DEACTIVATE = "deactivate";

    private PosixActivation() {}

    static String activate(EnvName env, Map<PathVariable, String> fronts) {
        StringBuilder code = new StringBuilder(deactivate());
        fronts.forEach((variable, front) -> {
            String name = variable.name();
            code.append(save(name));
            String before = "\"${" + name + ":+:$" + name + "}\"";
            String after = variable.whenEmpty().isEmpty()
                    ? before
                    : "\"${" + name + ":-" + variable.whenEmpty().substring(1) + "}\"";
            String colon = variable.whenEmpty().isEmpty() ? "" : ":";
            code.append(name + "=" + quote(front + colon) + after + "; export " + name + "\n");
        });
        code.append(save(Activation.NAME_VARIABLE));
        code.append(Activation.NAME_VARIABLE + "=" + quote(env.value()) + "; export AXIOM_ENV\n");
        code.append(prompt(env));
        code.append(DEACTIVATE + "() {\n" + restore() + "unset -f " + DEACTIVATE + "\n}\n");
        return code.append(forget()).toString();
    }

    static String deactivate() {
        return "if [ -n \"${" + Activation.was("PATH") + "-}\" ]; then\n" + restore() + "unset -f " + DEACTIVATE
                + " 2>/dev/null || :\nfi\n";
    }

    private static String save(String name) {
        String was = Activation.was(name);
        return "if [ -n \"${" + name + "+x}\" ]; then " + was + "=\"set:$" + name + "\"; else " + was
                + "=unset; fi; export " + was + "\n";
    }

    private static String restore() {
        StringBuilder code = new StringBuilder();
        PathVariable.ALL.forEach(variable -> code.append(restore(variable.name(), true)));
        code.append(restore(Activation.NAME_VARIABLE, true));
        code.append(restore("PS1", false));
        return code.append(forget()).toString();
    }

    private static String restore(String name, boolean exported) {
        String was = Activation.was(name);
        return "case \"${" + was + "-}\" in\n"
                + "set:*) " + name + "=\"${" + was + "#set:}\"" + (exported ? "; export " + name : "") + " ;;\n"
                + "unset) unset " + name + " ;;\n"
                + "esac\n"
                + "unset " + was + "\n";
    }

    /** Only a shell that shows a prompt gets a hint in it; not exported, for a shell inside has its own. */
    private static String prompt(EnvName env) {
        return "if [ -n \"${PS1-}\" ] && [ -z \"${AXIOM_NO_PROMPT-}\" ]; then\n"
                + Activation.was("PS1") + "=\"set:$PS1\"; PS1=" + quote("(" + env + ") ") + "\"$PS1\"\n"
                + "fi\n";
    }

    /** Shells remember where they found a program. */
    private static String forget() {
        return "hash -r 2>/dev/null || :\n";
    }

    /** Between single quotes everything stands for itself except the quote. */
    static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
