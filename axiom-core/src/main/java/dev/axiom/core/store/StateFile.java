package dev.axiom.core.store;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.os.DurableFile;
import java.io.IOException;
import java.nio.file.Path;

/** Looks at files in a pool's state folder. */
public final class StateFile {
    private StateFile() {}

    /**
     * Whether there is something of this name.
     *
     * @throws AxiomException {@code UNAVAILABLE} if that cannot be told; never taken for "no"
     */
    public static boolean exists(Path file) {
        try {
            return DurableFile.exists(file);
        } catch (IOException e) {
            throw AxiomException.io("look at " + file, e);
        }
    }
}
