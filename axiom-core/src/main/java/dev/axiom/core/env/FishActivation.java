package dev.axiom.core.env;

import dev.axiom.core.model.EnvName;
import java.util.Map;

/**
 * Activation for fish. Every line ends with a semicolon, so that {@code eval (axiom env activate dev)}, which joins lines
 * with blanks, works as well as {@code axiom env activate dev | source}. fish splits variables that are called
 * {@code …PATH} at colons by itself and joins them again when they stand between double quotes.
 */
final class FishActivation {
    private static final String DEACTIVATE = "deactivate";
    private static final String OLD_PROMPT = "_axiom_old_fish_prompt";

    private FishActivation() {}

    static String activate(EnvName env, Map<PathVariable, String> fronts) {
        StringBuilder code = new StringBuilder(deactivate());
        fronts.forEach((variable, front) -> {
            String name = variable.name();
            code.append(save(name));
            code.append("if test -n \"$" + name + "\";\n");
            code.append("set -gx " + name + " " + quote(front + ":") + "\"$" + name + "\";\n");
            code.append("else;\n");
            code.append("set -gx " + name + " " + quote(variable.value(front, "")) + ";\n");
            code.append("end;\n");
        });
        code.append(save(Activation.NAME_VARIABLE));
        code.append("set -gx " + Activation.NAME_VARIABLE + " " + quote(env.value()) + ";\n");
        code.append(prompt(env));
        return code.append(function()).toString();
    }

    static String deactivate() {
        return "if set -q " + Activation.was("PATH") + ";\n" + restore() + dropFunction() + "end;\n";
    }

    /** Somebody else's function, such as that of Python's venv, stays. */
    private static String function() {
        return "if not functions -q " + DEACTIVATE + ";\nfunction " + DEACTIVATE + ";\n" + restore() + "set -e -g "
                + Activation.FUNCTION_VARIABLE + ";\nfunctions -e " + DEACTIVATE + ";\nend;\nset -g "
                + Activation.FUNCTION_VARIABLE + " ours;\nend;\n";
    }

    /** One that took the place of ours stays as well. */
    private static String dropFunction() {
        return "if set -q " + Activation.FUNCTION_VARIABLE + ";\n"
                + "if functions " + DEACTIVATE + " 2>/dev/null | string match -q '*" + Activation.was("PATH") + "*';\n"
                + "functions -e " + DEACTIVATE + ";\nend;\n"
                + "set -e -g " + Activation.FUNCTION_VARIABLE + ";\nend;\n";
    }

    private static String save(String name) {
        String was = Activation.was(name);
        return "if set -q " + name + ";\nset -gx " + was + " \"set:$" + name + "\";\nelse;\nset -gx " + was
                + " unset;\nend;\n";
    }

    private static String restore() {
        StringBuilder code = new StringBuilder();
        PathVariable.ALL.forEach(variable -> code.append(restore(variable.name())));
        code.append(restore(Activation.NAME_VARIABLE));
        return code.append("if functions -q " + OLD_PROMPT + ";\nfunctions -e fish_prompt;\nfunctions -c " + OLD_PROMPT
                        + " fish_prompt;\nfunctions -e " + OLD_PROMPT + ";\nend;\n")
                .toString();
    }

    private static String restore(String name) {
        String was = Activation.was(name);
        return "if test \"$" + was + "\" = set:;\n"
                + "set -gx " + name + ";\n" // one empty item would become a colon where fish joins
                + "else if string match -q 'set:*' -- \"$" + was + "\";\n"
                + "set -gx " + name + " (string sub -s 5 -- \"$" + was + "\" | string collect --allow-empty);\n"
                + "else if test \"$" + was + "\" = unset;\n"
                + "set -e -g " + name + ";\n"
                + "end;\n"
                + "set -e -g " + was + ";\n";
    }

    private static String prompt(EnvName env) {
        return "if status is-interactive; and functions -q fish_prompt; and not set -q AXIOM_NO_PROMPT;\n"
                + "functions -c fish_prompt " + OLD_PROMPT + ";\n"
                + "function fish_prompt;\necho -n " + quote("(" + env + ") ") + ";\n" + OLD_PROMPT + ";\nend;\n"
                + "end;\n";
    }

    /** Between single quotes fish knows two escapes: of the quote and of the backslash. */
    private static String quote(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
