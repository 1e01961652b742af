package dev.axiom.core.pool;

import dev.axiom.core.os.Posix;
import dev.axiom.core.os.PosixException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Group commit for one file system: callers that come while a sync runs share the next one, so that many publishers
 * cost few syncs. One descriptor lives as long as the group, because the kernel reports write errors per opening; and it
 * reports each only once, not to those whose pages are lost but to whoever syncs first. So no sync succeeds after one
 * that failed, for a full disk or quota too: where the file system delays its allocation, such pages are lost as well.
 *
 * <p>Who lives long makes a new group for each piece of work, as {@code gc --daemon} opens the pool anew for each run: a
 * failure then ends that piece, and the next one clears away what it left unfinished, as after a killed process.
 */
public final class SyncGroup implements AutoCloseable {
    private static final int NONE = -1;

    private final Path folder;
    private final Flush flush;
    private int fd = NONE;
    private boolean running;
    private Round next = new Round();

    /** One sync and all who share it. Locking: the group's monitor until it is done, unchanging then. */
    private static final class Round {
        private boolean done;
        private @Nullable IOException failure;

        private void end(@Nullable IOException error) {
            failure = error;
            done = true;
        }
    }

    /** @param folder any folder of the file system */
    public SyncGroup(Path folder) {
        this(folder, Posix::syncFileSystem);
    }

    /** For tests that want to see, stop or break the syncs. */
    SyncGroup(Path folder, Flush flush) {
        this.folder = folder;
        this.flush = flush;
    }

    /** Makes the file system of an open file durable. */
    interface Flush {
        void run(int fd) throws IOException;
    }

    /**
     * Opens the file system. To be called before the first write: the kernel tells an opening only of write errors that
     * came after it, and what is written may fail before anybody calls {@link #sync}. Readers never need it.
     *
     * @throws PosixException if the folder cannot be opened
     */
    public void open() throws PosixException {
        descriptor();
    }

    /**
     * Returns when everything that was written before the call is on stable storage.
     *
     * @throws IOException if the system reports a write error; all who shared that sync get it, and all who come later
     */
    public void sync() throws IOException {
        Round mine;
        boolean first;
        synchronized (this) {
            mine = next; // not the one that runs now: it may have begun before our writes
            first = isFirst(mine);
        }
        if (first) {
            run(mine);
        }
        if (mine.failure != null) {
            throw new IOException(mine.failure.getMessage(), mine.failure); // each thread its own
        }
    }

    /** Waits until this round is over (false), or none runs and the caller must run it (true). */
    private synchronized boolean isFirst(Round mine) {
        boolean interrupted = false;
        while (!mine.done && running) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true; // durability is not given up half way
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!mine.done) {
            running = true;
            next = new Round();
        }
        return !mine.done;
    }

    private void run(Round round) {
        IOException error = new IOException("syncfs " + folder + " did not end");
        try {
            flush.run(descriptor());
            error = null;
        } catch (IOException e) {
            error = e;
        } finally {
            end(round, error); // whatever was thrown: the others must not wait for ever, nor take it for success
        }
    }

    private synchronized void end(Round round, @Nullable IOException error) {
        round.end(error);
        if (error != null) {
            next.end(error); // and none comes after it
        }
        running = false;
        notifyAll();
    }

    private synchronized int descriptor() throws PosixException {
        if (fd == NONE) {
            fd = Posix.openForReading(folder);
        }
        return fd;
    }

    @Override
    public synchronized void close() {
        if (fd != NONE) {
            Posix.close(fd);
            fd = NONE;
        }
    }
}
