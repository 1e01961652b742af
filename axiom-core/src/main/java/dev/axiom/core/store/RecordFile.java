package dev.axiom.core.store;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.os.FileSteps;
import dev.axiom.core.os.FileSteps.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A record as it lies on disk. Its state is part of the file's name, so that a transition is one rename.
 *
 * @param key which root
 * @param state how far it is
 * @param lease the lease of who prepares or removes it; empty when ready
 * @param path the file
 */
public record RecordFile(RecordKey key, State state, String lease, Path path) {

    /** A record's life. The collector counts every state as a root. */
    public enum State {
        /** Its packages may not all be held yet; undone if its lease is dead. */
        PREPARING,
        /** All its packages are held. */
        READY,
        /** Its packages may not all be held any more; finished if its lease is dead. */
        REMOVING
    }

    private static final Pattern IN_WORK = Pattern.compile("(.+)\\.(preparing|removing)\\.([0-9a-f-]{36})");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    /**
     * When it was made, as its file's time tells; empty if the record is gone, or in another state by now.
     *
     * @throws AxiomException {@code UNAVAILABLE} if the system refuses to say
     */
    public Optional<Instant> created() {
        try {
            FileSteps.next(Step.READ, path);
            return Optional.of(Files.getLastModifiedTime(path).toInstant());
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException e) {
            throw AxiomException.io("look at " + path, e);
        }
    }

    /** The file name of a state. */
    static String fileName(RecordKey key, State state, String lease) {
        String stem = key.kind().hasGenerations() ? Integer.toString(key.generation()) : key.owner();
        String ready = stem + key.kind().suffix();
        return state == State.READY ? ready : ready + "." + state.name().toLowerCase(Locale.ROOT) + "." + lease;
    }

    /** Reads a file name of the folder of {@code owner}; empty if no record is called so. */
    static Optional<RecordFile> parse(RecordKind kind, String owner, Path path) {
        String name = path.getFileName().toString();
        State state = State.READY;
        String lease = "";
        Matcher matcher = IN_WORK.matcher(name);
        if (matcher.matches()) {
            name = matcher.group(1);
            state = matcher.group(2).equals("preparing") ? State.PREPARING : State.REMOVING;
            lease = matcher.group(3);
        }
        if (!name.endsWith(kind.suffix())) {
            return Optional.empty();
        }
        String stem = name.substring(0, name.length() - kind.suffix().length());
        if (!kind.hasGenerations()) {
            return Optional.of(new RecordFile(new RecordKey(kind, stem, 0), state, lease, path));
        }
        return NUMBER.matcher(stem).matches()
                ? Optional.of(new RecordFile(new RecordKey(kind, owner, Integer.parseInt(stem)), state, lease, path))
                : Optional.empty();
    }
}
