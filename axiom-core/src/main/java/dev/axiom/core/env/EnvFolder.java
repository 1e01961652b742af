package dev.axiom.core.env;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.DurableFile;
import dev.axiom.core.os.FileSteps;
import dev.axiom.core.os.FileSteps.Step;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.StoreLayout;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of one environment other than its records: the pointer {@code current}, and the last number given to a
 * generation. Each is replaced whole, so reading needs no lock. Locking: writers hold the environment's lock
 * exclusively.
 */
final class EnvFolder {
    private static final String LAST = "last-generation";

    private final StoreLayout layout;
    private final EnvName env;
    private final Pattern target;

    EnvFolder(StoreLayout layout, EnvName env) {
        this.layout = layout;
        this.env = env;
        this.target = Pattern.compile("/(?:.*/)?" + Pattern.quote(StoreLayout.envParent(env) + "/")
                + "([1-9][0-9]{0,8})/" + Environments.CONTENT);
    }

    /**
     * Which generation the pointer names; empty if there is no pointer.
     *
     * @throws AxiomException {@code CORRUPT} if it is something else
     */
    Optional<Integer> current() {
        Path pointer = layout.envPointer(env);
        FileSteps.next(Step.READ, pointer);
        try {
            Path to = Files.readSymbolicLink(pointer);
            Matcher matcher = target.matcher(to.toString());
            if (matcher.matches()) {
                return Optional.of(Integer.valueOf(matcher.group(1)));
            }
            throw corrupt(pointer, "it points to " + to);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw corrupt(pointer, "it is not a link to a generation");
        }
    }

    /**
     * Switches the pointer in one step, durably.
     *
     * @param content the folder of the generation's content
     */
    void point(Lease lease, Path content) {
        Path pointer = layout.envPointer(env);
        try {
            DurableFile.link(pointer, content, draft(pointer, lease));
        } catch (IOException e) {
            throw AxiomException.io("switch " + pointer, e);
        }
    }

    /** Removes the pointer, durably. */
    void unpoint() {
        try {
            DurableFile.delete(layout.envPointer(env));
        } catch (IOException e) {
            throw AxiomException.io("remove " + layout.envPointer(env), e);
        }
    }

    /** A number above all that were ever given, so that a number never means two things. Notes it durably. */
    int nextNumber(Lease lease, int highestPresent) {
        Path file = layout.envFolder(env).resolve(LAST);
        int next = Math.max(highestPresent, last(file)) + 1;
        try {
            DurableFile.makeFolders(layout.envFolder(env));
            DurableFile.write(file, next + "\n", draft(file, lease));
        } catch (IOException e) {
            throw AxiomException.io("write " + file, e);
        }
        return next;
    }

    private static int last(Path file) {
        FileSteps.next(Step.READ, file);
        try {
            return Integer.parseInt(Files.readString(file).strip());
        } catch (NoSuchFileException none) {
            return 0;
        } catch (IOException | NumberFormatException e) {
            throw corrupt(file, "it holds no number");
        }
    }

    /** Removes what is left when all generations are gone. */
    void delete() {
        Path folder = layout.envFolder(env);
        try {
            DurableFile.discard(folder.resolve(LAST));
            DurableFile.discard(folder.resolve("generations"));
            DurableFile.discard(folder);
        } catch (DirectoryNotEmptyException leftOver) {
            // a draft of a killed process; recovery deletes it, and an empty environment is none
        } catch (IOException e) {
            throw AxiomException.io("remove " + folder, e);
        }
    }

    private static Path draft(Path file, Lease lease) {
        return StoreLayout.draft(file, lease.id(), UUID.randomUUID().toString());
    }

    private static AxiomException corrupt(Path file, String reason) {
        return new AxiomException(
                ErrorCode.CORRUPT,
                file + ": " + reason,
                "remove this file; the next command that writes points it to the newest generation",
                null);
    }
}
