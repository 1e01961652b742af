package dev.axiom.cli.page;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Writes a completion script for fish: one {@code complete} line for each word that can stand somewhere. */
final class FishCompletion {
    private final StringBuilder script = new StringBuilder();

    private FishCompletion() {}

    static String script(CommandLine root) {
        FishCompletion fish = new FishCompletion();
        fish.script
                .append("# fish completion for axiom, made by 'axiom completion fish'\n")
                .append("complete -c axiom -f\n");
        fish.root(root);
        return fish.script.toString();
    }

    private void root(CommandLine root) {
        root.getCommandSpec().options().forEach(option -> option("", option));
        sorted(root).forEach((name, line) -> {
            word("__fish_use_subcommand", name, line);
            noun("__fish_seen_subcommand_from " + name, line);
        });
    }

    private void noun(String seen, CommandLine noun) {
        Map<String, CommandLine> verbs = sorted(noun);
        String open = verbs.isEmpty()
                ? seen
                : seen + "; and not __fish_seen_subcommand_from " + String.join(" ", verbs.keySet());
        ownOptions(seen, noun);
        values(seen, noun);
        verbs.forEach((name, verb) -> {
            word(open, name, verb);
            noun(seen + "; and __fish_seen_subcommand_from " + name, verb);
        });
    }

    private void ownOptions(String condition, CommandLine line) {
        line.getCommandSpec().options().stream()
                .filter(option -> !option.inherited())
                .forEach(option -> option(condition, option));
    }

    private void values(String condition, CommandLine line) {
        line.getCommandSpec().positionalParameters().forEach(parameter -> {
            Iterable<String> candidates = parameter.completionCandidates();
            if (candidates != null) {
                complete(condition)
                        .append(" -a ")
                        .append(quoted(String.join(" ", candidates)))
                        .append('\n');
            } else if (Path.class.isAssignableFrom(parameter.auxiliaryTypes()[0])) {
                complete(condition).append(" -F\n");
            }
        });
    }

    private void word(String condition, String name, CommandLine line) {
        complete(condition)
                .append(" -a ")
                .append(name)
                .append(" -d ")
                .append(quoted(sentence(line.getCommandSpec().usageMessage().description())))
                .append('\n');
    }

    private void option(String condition, OptionSpec option) {
        StringBuilder line = complete(condition);
        for (String name : option.names()) {
            line.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
        }
        if (option.arity().max() > 0) {
            line.append(Path.class.isAssignableFrom(option.type()) ? " -r -F" : " -x");
            Iterable<String> candidates = option.completionCandidates();
            if (candidates != null) {
                line.append(" -a ").append(quoted(String.join(" ", candidates)));
            }
        }
        line.append(" -d ").append(quoted(sentence(option.description()))).append('\n');
    }

    private StringBuilder complete(String condition) {
        script.append("complete -c axiom");
        return condition.isEmpty() ? script : script.append(" -n ").append(quoted(condition));
    }

    private static Map<String, CommandLine> sorted(CommandLine line) {
        return new TreeMap<>(line.getSubcommands());
    }

    private static String sentence(String[] description) {
        return String.join(" ", description).replaceAll("\\.$", "");
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
