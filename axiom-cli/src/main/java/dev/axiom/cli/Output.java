package dev.axiom.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.axiom.core.model.AxiomException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a run's words go: data to standard output, sentences to standard error, UTF-8 both.
 *
 * <p>A failure to write standard output ends the run by a {@link LostOutputException}. Standard error is written on a
 * best-effort basis: where nobody can be told, the exit code still speaks.
 */
public final class Output {
    private static final JsonFactory JSON = new JsonFactory();

    private final GlobalOptions options;
    private final Writer data;
    private final OutputStream err;
    private final ProgressLine progress;
    private final Map<String, String> owed = new LinkedHashMap<>();

    Output(Environment environment, GlobalOptions options) {
        this.options = options;
        this.data = new BufferedWriter(new OutputStreamWriter(environment.out(), StandardCharsets.UTF_8));
        this.err = environment.err();
        this.progress = new ProgressLine(err, environment.terminal().err(), environment.clock());
    }

    /** Writes one JSON value. */
    public interface JsonBody {
        void write(JsonGenerator json) throws IOException;
    }

    /** Writes what a person reads. */
    public interface TextBody {
        void write(Writer text) throws IOException;
    }

    /**
     * Prints what the command was called for: {@code json} under {@code --json}, else {@code text}; under
     * {@code --quiet} too.
     */
    public void data(JsonBody json, TextBody text) {
        progress.erase();
        try {
            if (options.json()) {
                data.write(jsonText(json));
                data.write('\n');
            } else {
                text.write(data);
            }
        } catch (IOException e) {
            throw new LostOutputException(e);
        }
    }

    /** Prints what a command has done: as {@link #data}, but for a person only without {@code --quiet}. */
    public void summary(JsonBody json, TextBody text) {
        data(json, options.quiet() ? nothing -> {} : text);
    }

    /** Tells that work is done that gives no data: {@code json} under {@code --json}, else a sentence as {@link #note}. */
    public void done(JsonBody json, String sentence) {
        if (options.json()) {
            data(json, nothing -> {});
        } else {
            note(sentence);
        }
    }

    /** Prints text as it is, whatever the options say: for help and scripts. */
    public void text(String text) {
        try {
            data.write(text);
        } catch (IOException e) {
            throw new LostOutputException(e);
        }
    }

    /** A sentence for the person in front of it; silent under {@code --quiet} and {@code --json}. */
    public void note(String sentence) {
        if (!options.quiet() && !options.json()) {
            warn(sentence);
        }
    }

    /**
     * A sentence about trouble that fails nothing; never silent. Under {@code --json} a document of its own on standard
     * error, so that everything there can be read by a script.
     */
    public void trouble(String sentence) {
        if (!options.json()) {
            warn("axiom: " + sentence);
            return;
        }
        try {
            warn(jsonText(json -> {
                json.writeStartObject();
                json.writeObjectFieldStart("warning");
                json.writeStringField("message", sentence);
                json.writeEndObject();
                json.writeEndObject();
            }));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    /**
     * As {@link #trouble(String)}, of what is passed over, with what to do about it. Told when the command is through or failed:
     * by then it may have failed with the very same, or met it again, and one trouble is told once.
     */
    public void trouble(AxiomException passedOver) {
        String message = String.valueOf(passedOver.getMessage());
        owed.putIfAbsent(message, passedOver.hint() == null ? message : message + "\nhint: " + passedOver.hint());
    }

    /** What ends the command is told as its failure, and no more as trouble. */
    void settle(Throwable failure) {
        owed.remove(String.valueOf(failure.getMessage()));
    }

    private void tellOwed() {
        List<String> sentences = List.copyOf(owed.values());
        owed.clear();
        sentences.forEach(this::trouble);
    }

    /** A sentence as it is, never silent. */
    private void warn(String sentence) {
        progress.erase();
        ProgressLine.writeQuietly(err, sentence + "\n");
    }

    /**
     * Tells of a failure, as JSON under {@code --json}; never silent. For a command that goes on with its other work, and
     * for the end of the run.
     *
     * @return the exit code that it ends the run with
     */
    public int complain(Throwable failure) {
        settle(failure);
        tellOwed();
        Complaint complaint = Complaint.of(failure);
        warn(options.json() ? complaint.json() : complaint.text());
        if (options.verbose()) {
            warn(Complaint.trace(failure).stripTrailing());
        }
        return complaint.code().exitCode();
    }

    /** Shows how far the work is, on a terminal only; the next call or any other output takes its place. */
    public void progress(String text) {
        if (!options.quiet() && !options.json()) {
            progress.show(text);
        }
    }

    /**
     * Hands everything over to the operating system.
     *
     * @throws LostOutputException if it does not take it
     */
    public void flush() {
        progress.erase();
        try {
            data.flush();
        } catch (IOException e) {
            throw new LostOutputException(e);
        }
        tellOwed();
    }

    static String jsonText(JsonBody body) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            body.write(json);
        }
        return text.toString();
    }
}
