package dev.axiom.gc;

import dev.axiom.core.format.Source;
import dev.axiom.core.format.TimeNoteCodec;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.TimeNote;
import dev.axiom.core.os.DurableFile;
import dev.axiom.core.store.StateFile;
import dev.axiom.core.store.StoreLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts a pool's time from one collection to the next, by a note in the pool's state folder. */
public final class TimeKeeping {
    private final Path file;
    private final Timepiece timepiece;
    private final boolean trust;

    /** @param trust whether all that the clock went forward since the last collection counts */
    TimeKeeping(StoreLayout layout, Timepiece timepiece, boolean trust) {
        this.file = layout.collectionTime();
        this.timepiece = timepiece;
        this.trust = trust;
    }

    /**
     * What time it is. Changes nothing.
     *
     * @throws AxiomException {@code CORRUPT} if the note cannot be understood: what time counts cannot be told then
     */
    CountedTime now() {
        return CountedTime.after(last(file), timepiece, trust);
    }

    /**
     * When a mark was made, by the clock as it is now.
     *
     * @param counted a mark; it is in counted time, which stays behind a clock that went on while the machine was off
     * @return the same as long as there is no note that can be read
     */
    public static Instant byTheClock(StoreLayout layout, Instant counted) {
        try {
            Optional<TimeNote> last = last(layout.collectionTime());
            return counted.plus(last.map(note -> Duration.between(note.counted(), note.wall()))
                    .orElse(Duration.ZERO));
        } catch (AxiomException unknown) {
            return counted; // for people; the next collection says what is wrong
        }
    }

    private static Optional<TimeNote> last(Path file) {
        if (!StateFile.exists(file)) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw corrupt(file + " is not a regular file", null);
        }
        try {
            return Optional.of(TimeNoteCodec.read(Source.storeFile(file)));
        } catch (AxiomException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw corrupt(String.valueOf(e.getMessage()), e);
        }
    }

    private static AxiomException corrupt(String problem, @Nullable Throwable cause) {
        return new AxiomException(
                ErrorCode.CORRUPT,
                problem,
                "remove it; then the grace period of every package that waits starts anew",
                cause);
    }

    /**
     * Lets the next collection count on from here. Locking: exclusive on the collection, so that the draft has one writer.
     *
     * @throws AxiomException {@code UNAVAILABLE} if it cannot be written; then the older note stays
     */
    void write(CountedTime time) {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            DurableFile.discard(draft);
            DurableFile.write(file, TimeNoteCodec.write(time.note()), draft);
        } catch (IOException e) {
            throw AxiomException.io("note the time in " + file, e);
        }
    }
}
