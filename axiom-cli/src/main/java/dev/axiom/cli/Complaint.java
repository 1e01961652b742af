package dev.axiom.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.NearNames;
import dev.axiom.core.resolve.Derivation;
import dev.axiom.core.resolve.UnsolvableException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a person or a script is told when a run fails: the kind, the sentence and the next step. */
record Complaint(ErrorCode code, String message, @Nullable String hint, @Nullable UnsolvableException unsolved) {
    private Complaint(ErrorCode code, String message, @Nullable String hint) {
        this(code, message, hint, null);
    }

    /** What to say of any failure. */
    static Complaint of(Throwable failure) {
        if (failure instanceof UnsolvableException none) {
            return new Complaint(none.code(), String.valueOf(none.getMessage()), none.hint(), none);
        }
        if (failure instanceof AxiomException known) {
            return new Complaint(known.code(), String.valueOf(known.getMessage()), known.hint());
        }
        if (failure instanceof ParameterException usage) {
            return usage.getCause() instanceof AxiomException refused ? ofValue(usage, refused) : ofUsage(usage);
        }
        if (failure instanceof LostOutputException lost) {
            return new Complaint(ErrorCode.UNAVAILABLE, String.valueOf(lost.getMessage()), null);
        }
        if (failure instanceof OutOfMemoryError) {
            return new Complaint(
                    ErrorCode.INTERNAL, "out of memory", "give it more: AXIOM_JAVA_OPTS=-Xmx512m axiom ...");
        }
        return new Complaint(
                ErrorCode.INTERNAL,
                "internal error: " + failure,
                "this is a defect of Axiom; --verbose shows where, please report it");
    }

    /** A value that is not valid, and which option has it. */
    private static Complaint ofValue(ParameterException usage, AxiomException refused) {
        String prefix = usage.getArgSpec() instanceof OptionSpec option ? option.longestName() + ": " : "";
        AxiomException told = Typed.refused(refused, prefix);
        String hint = told.hint() == null ? manual(usage.getCommandLine()) : told.hint();
        return new Complaint(told.code(), String.valueOf(told.getMessage()), hint);
    }

    private static Complaint ofUsage(ParameterException usage) {
        CommandLine line = usage.getCommandLine();
        String command = line.getCommandSpec().qualifiedName();
        String manual = manual(line);
        if (usage instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            List<String> near = NearNames.of(word, known(word, line));
            return new Complaint(
                    ErrorCode.USAGE,
                    kindOf(word, line) + " '" + word + "' of '" + command + "'",
                    near.isEmpty() ? manual : "did you mean '" + String.join("' or '", near) + "'? " + manual);
        }
        return new Complaint(ErrorCode.USAGE, uncapitalized(String.valueOf(usage.getMessage())), manual);
    }

    private static String manual(CommandLine line) {
        return "see '" + line.getCommandSpec().qualifiedName() + " --help'";
    }

    /** What could stand in the place of a word that is not known. */
    private static Set<String> known(String word, CommandLine line) {
        return word.startsWith("-")
                ? line.getCommandSpec().optionsMap().keySet()
                : line.getSubcommands().keySet();
    }

    private static String kindOf(String word, CommandLine line) {
        if (word.startsWith("-")) {
            return "unknown option";
        }
        return line.getSubcommands().isEmpty() ? "unexpected argument" : "unknown command";
    }

    private static String uncapitalized(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    /** The lines for a person. */
    String text() {
        return "axiom: " + message + (hint == null ? "" : "\nhint: " + hint);
    }

    /**
     * The document for a script: {@code {"error":{"code","message","hint"}}}. Where a profile cannot be resolved also
     * {@code "gaveUp"}, {@code "requirements"}, {@code "explanation"} and, unless it is too long, {@code "proof"}, a list
     * of statements, each with the numbers of those it follows from.
     */
    String json() {
        try {
            return Output.jsonText(json -> {
                json.writeStartObject();
                json.writeObjectFieldStart("error");
                json.writeStringField("code", code.name().toLowerCase(Locale.ROOT));
                json.writeStringField("message", message);
                json.writeStringField("hint", hint);
                if (unsolved != null) {
                    unsolved(json, unsolved);
                }
                json.writeEndObject();
                json.writeEndObject();
            });
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    private static void unsolved(JsonGenerator json, UnsolvableException failure) throws IOException {
        // Nothing is proved impossible without a sentence that says why.
        json.writeBooleanField("gaveUp", failure.explanation().isEmpty());
        JsonFields.texts(json, "requirements", failure.requirements());
        JsonFields.texts(json, "explanation", failure.explanation());
        Derivation proof = failure.derivation();
        if (proof != null) {
            proof(json, proof.steps());
        }
    }

    private static void proof(JsonGenerator json, List<Derivation> steps) throws IOException {
        Map<Derivation, Integer> numbers = new HashMap<>();
        json.writeArrayFieldStart("proof");
        for (Derivation step : steps) {
            json.writeStartObject();
            json.writeStringField("statement", step.statement());
            json.writeArrayFieldStart("from");
            for (Derivation cause : step.causes()) {
                json.writeNumber(numbers.getOrDefault(cause, -1));
            }
            json.writeEndArray();
            json.writeEndObject();
            numbers.put(step, numbers.size());
        }
        json.writeEndArray();
    }

    /** The stack trace, for {@code --verbose}. */
    static String trace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
