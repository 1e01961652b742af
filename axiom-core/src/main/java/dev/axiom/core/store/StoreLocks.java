package dev.axiom.core.store;

import dev.axiom.core.lock.FileLock;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.os.DurableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The locks of profiles, environments and pins, as one command takes them. */
public final class StoreLocks {
    private final StoreLayout layout;
    private final Duration timeout;
    private final String purpose;

    /**
     * @param timeout how long to wait for another
     * @param purpose what others are told that they wait for, such as {@code "axiom profile resolve dev"}
     */
    public StoreLocks(StoreLayout layout, Duration timeout, String purpose) {
        this.layout = layout;
        this.timeout = timeout;
        this.purpose = purpose;
    }

    /**
     * Takes the lock of a profile, environment or pin alone.
     *
     * @throws dev.axiom.core.lock.LockBusyException when the timeout is over; names the holder
     */
    public FileLock exclusive(RecordKind kind, String name) {
        Path file = layout.lockFile(kind, name);
        try {
            DurableFile.makeFolders(layout.locksFolder());
        } catch (IOException e) {
            throw AxiomException.io("make " + layout.locksFolder(), e);
        }
        return FileLock.exclusive(new FileLock.Request(file, kind.word() + " '" + name + "'", timeout, purpose));
    }
}
