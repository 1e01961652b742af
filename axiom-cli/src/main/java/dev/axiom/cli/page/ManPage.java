package dev.axiom.cli.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A manual page in man(7)'s roff, written from a command's model. */
final class ManPage {
    /** The part that all pages share, so that any one of them tells a script what it must know. */
    private static final List<String> EXIT_CODES = List.of(
            "0|success",
            "1|internal error: a defect of Axiom",
            "2|the command line was not understood; nothing was done",
            "3|not found",
            "4|already exists, or a conflict",
            "5|invalid input; nothing of it was kept",
            "6|no set of packages satisfies the requirements",
            "7|busy or locked by somebody else",
            "8|something that Axiom wrote is damaged; nothing was changed",
            "9|the pool is unavailable, or this user may not use it so",
            "129, 130, 143|ended by SIGHUP, SIGINT or SIGTERM, after cleaning up");

    private final CommandSpec spec;
    private final StringBuilder page = new StringBuilder();

    private ManPage(CommandLine line) {
        this.spec = line.getCommandSpec();
    }

    /** The page of {@code axiom package add} is {@code axiom-package-add.1}. */
    static String fileName(CommandLine line) {
        return title(line.getCommandSpec()) + ".1";
    }

    static String roff(CommandLine line, String version) {
        return new ManPage(line).write(version);
    }

    private static String title(CommandSpec spec) {
        return spec.qualifiedName("-");
    }

    private String write(String version) {
        macro("TH \"" + title(spec).toUpperCase(Locale.ROOT) + "\" \"1\" \"\" \"axiom " + version + "\" \"Axiom\"");
        String[] sentences = spec.usageMessage().description();
        section("NAME");
        text(title(spec) + " \u2013 " + uncapitalized(sentences[0]));
        section("SYNOPSIS");
        text(spec.commandLine().getHelp().synopsis(0).replaceAll("\\s+", " ").strip());
        section("DESCRIPTION");
        for (String sentence : sentences) {
            text(Ansi.OFF.string(sentence));
        }
        commands();
        operands();
        options("OPTIONS", spec.options().stream().filter(o -> !o.inherited()).toList());
        options(
                "GLOBAL OPTIONS",
                spec.options().stream().filter(OptionSpec::inherited).toList());
        footer();
        exitStatus();
        seeAlso();
        return page.toString();
    }

    private void commands() {
        if (spec.subcommands().isEmpty()) {
            return;
        }
        section("COMMANDS");
        new TreeMap<>(spec.subcommands())
                .forEach((name, line) ->
                        item(name, line.getCommandSpec().usageMessage().description()));
    }

    private void operands() {
        if (spec.positionalParameters().isEmpty()) {
            return;
        }
        section("OPERANDS");
        for (PositionalParamSpec operand : spec.positionalParameters()) {
            item(operand.paramLabel(), operand.description());
        }
    }

    private void options(String heading, List<OptionSpec> options) {
        List<OptionSpec> shown = options.stream().filter(o -> !o.hidden()).toList();
        if (shown.isEmpty()) {
            return;
        }
        section(heading);
        for (OptionSpec option : shown) {
            String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
            item(String.join(", ", option.names()) + value, option.description());
        }
    }

    private void footer() {
        String[] footer = spec.usageMessage().footer();
        if (footer.length == 0) {
            return;
        }
        List<String> lines = String.join("\n", footer)
                .replace("%n", "\n")
                .lines()
                .map(Ansi.OFF::string)
                .filter(line -> !line.isBlank() && !line.matches("Examples?:"))
                .toList();
        block("NOTES", lines.stream().filter(line -> !line.startsWith(" ")).toList(), "PP");
        block("EXAMPLES", lines.stream().filter(line -> line.startsWith(" ")).toList(), "br");
    }

    /** Lines under a heading, with this macro between them. */
    private void block(String heading, List<String> lines, String macro) {
        if (lines.isEmpty()) {
            return;
        }
        section(heading);
        text(lines.get(0).strip());
        for (String line : lines.subList(1, lines.size())) {
            macro(macro);
            text(line.strip());
        }
    }

    private void exitStatus() {
        section("EXIT STATUS");
        EXIT_CODES.forEach(line -> {
            int bar = line.indexOf('|');
            item(line.substring(0, bar), line.substring(bar + 1));
        });
    }

    private void seeAlso() {
        List<String> pages = new ArrayList<>();
        if (spec.parent() != null) {
            pages.add(title(spec.parent()) + "(1)");
        }
        new TreeMap<>(spec.subcommands()).values().forEach(line -> pages.add(title(line.getCommandSpec()) + "(1)"));
        if (!pages.isEmpty()) {
            section("SEE ALSO");
            text(String.join(", ", pages));
        }
    }

    private void section(String name) {
        macro("SH " + name);
    }

    private void item(String term, String... sentences) {
        macro("TP");
        page.append("\\fB").append(escaped(term)).append("\\fR\n");
        text(String.join(" ", sentences));
    }

    private void macro(String macro) {
        page.append('.').append(macro).append('\n');
    }

    private void text(String text) {
        // A line that starts with a dot or a quote would be read as a macro.
        String safe = escaped(text);
        page.append(safe.startsWith(".") || safe.startsWith("'") ? "\\&" : "")
                .append(safe)
                .append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-").replace("\u2013", "\\-");
    }

    private static String uncapitalized(String sentence) {
        String body = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
        return body.substring(0, 1).toLowerCase(Locale.ROOT) + body.substring(1);
    }
}
