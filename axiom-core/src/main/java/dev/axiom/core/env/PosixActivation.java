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
        code.append(function());
        return code.append(forget()).toString();
    }

    static String deactivate() {
        return "if [ -n \"${" + Activation.was("PATH") + "-}\" ]; then\n" + restore() + dropFunction() + "fi\n";
    }

    /** Of a function {@code command -v} says its bare name. Somebody else's, such as that of Python's venv, stays. */
    private static String function() {
        return "if [ \"$(command -v " + DEACTIVATE + " 2>/dev/null)\" != " + DEACTIVATE + " ]; then\n"
                + DEACTIVATE + "() {\n" + restore() + "unset " + Activation.FUNCTION_VARIABLE + "\nunset -f "
                + DEACTIVATE
                + "\n}\n" + Activation.FUNCTION_VARIABLE + "=ours\nfi\n";
    }

    /** Where the shell can show functions (dash cannot), one that took the place of ours stays as well. */
    private static String dropFunction() {
        return "if [ -n \"${" + Activation.FUNCTION_VARIABLE + "-}\" ]; then\n"
                + "case \"$(typeset -f " + DEACTIVATE + " 2>/dev/null || :)\" in\n"
                + "''|*" + Activation.was("PATH") + "*) unset -f " + DEACTIVATE + " 2>/dev/null || : ;;\n"
                + "esac\n"
                + "unset " + Activation.FUNCTION_VARIABLE + "\n"
                + "fi\n";
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
