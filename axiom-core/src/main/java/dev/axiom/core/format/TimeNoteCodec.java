package dev.axiom.core.format;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.TimeNote;
import dev.axiom.core.model.Uptime;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What collections note of the time, {@code collection-time.yaml}. */
public final class TimeNoteCodec {
    private static final String FORMAT = "time_version";
    private static final int UNDERSTOOD = 1;
    private static final List<String> KNOWN = List.of(FORMAT, "counted", "wall", "boot", "uptime");

    private TimeNoteCodec() {}

    /**
     * Reads a note.
     *
     * @throws FormatException if the document breaks a rule, or is of a later format
     */
    public static TimeNote read(Source source) {
        return Document.closed(source, document -> {
            Fields fields = document.fieldsOfFormat(FORMAT, UNDERSTOOD, KNOWN);
            Instant counted = fields.required("counted").as(text -> time(text, Instant::parse));
            Instant wall = fields.required("wall").as(text -> time(text, Instant::parse));
            Optional<String> boot = Optional.ofNullable(fields.orNull("boot", Field::line));
            Optional<Uptime> uptime = boot.map(name -> document.built(
                    () -> new Uptime(name, fields.required("uptime").as(text -> time(text, Duration::parse)))));
            return new TimeNote(counted, wall, uptime);
        });
    }

    private static <T> T time(String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (DateTimeException e) {
            throw new AxiomException(ErrorCode.INVALID, "'" + text + "' is no time", null, e);
        }
    }

    /** The canonical text: the same note gives the same bytes. */
    public static String write(TimeNote note) {
        return new YamlWriter()
                .number(FORMAT, UNDERSTOOD)
                .text("counted", note.counted().toString())
                .text("wall", note.wall().toString())
                .textIfAny("boot", note.uptime().map(Uptime::boot).orElse(null))
                .textIfAny("uptime", note.uptime().map(Uptime::length).orElse(null))
                .closed();
    }
}
