package dev.axiom.core.env;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.os.DurableFile;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.GenerationFiles;
import dev.axiom.core.store.StoreLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files of one environment other than its records: the pointer {@code current}, and the last number given to a
 * generation. Each is replaced whole, so reading needs no lock. Locking: writers hold the environment's lock
 * exclusively.
 */
final class EnvFolder {
    private static final String CURE =
            "remove this file; the next command that writes points it to the newest generation";

    private final StoreLayout layout;
    private final EnvName env;
    private final GenerationFiles files;

    EnvFolder(StoreLayout layout, EnvName env) {
        this.layout = layout;
        this.env = env;
        Pattern target = Pattern.compile("/(?:.*/)?" + Pattern.quote(StoreLayout.envParent(env) + "/")
                + "([1-9][0-9]{0,8})/" + Environments.CONTENT);
        this.files = new GenerationFiles(layout.envPointer(env), target, CURE);
    }

    /**
     * Which generation the pointer names; empty if there is no pointer.
     *
     * @throws AxiomException {@code CORRUPT} if it is something else
     */
    Optional<Integer> current() {
        return files.current();
    }

    /**
     * Switches the pointer in one step, durably.
     *
     * @param content the folder of the generation's content
     */
    void point(Lease lease, Path content) {
        files.point(lease, content);
    }

    /** See {@link GenerationFiles#sync}. */
    void sync() {
        files.sync();
    }

    /** Removes the pointer, durably. */
    void unpoint() {
        files.unpoint();
    }

    /** A number above all that were ever given, so that a number never means two things. Notes it durably. */
    int nextNumber(Lease lease, int highestPresent) {
        try {
            DurableFile.makeFolders(layout.envFolder(env));
        } catch (IOException e) {
            throw AxiomException.io("make " + layout.envFolder(env), e);
        }
        return files.nextNumber(lease, highestPresent);
    }

    /** Removes what is left when all generations are gone. */
    void delete() {
        try {
            files.discard();
            files.discardFolder();
        } catch (IOException e) {
            throw AxiomException.io("remove " + layout.envFolder(env), e);
        }
    }
}
