package dev.axiom.core.os;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Announces every step on the state files and locks that processes share, just before it is taken. In a program nobody
 * listens. A test that does can hold the thread there, so that every interleaving can be tried, or throw an error, which
 * ends the operation there as a crash does: the step is not taken, and whatever follows is announced to the same
 * listener. What is not announced (the content of a staging, which only its maker sees) is no step.
 */
public final class FileSteps {
    /** What is about to be done. */
    public enum Step {
        /** List a folder. */
        LIST,
        /** Look at one file, or read it. */
        READ,
        /** Make a folder, with those above it. */
        FOLDER,
        /** Write a new file, and make its content durable. */
        WRITE,
        /** Make a symbolic link. */
        LINK,
        /** Rename a file, replacing what is there. */
        MOVE,
        /** Delete a file or an empty folder, if it is there. */
        DELETE,
        /** Make durable what a folder's files are called. */
        SYNC,
        /** Take a lock, waiting for it. */
        LOCK,
        /** Take a lock if it is free. */
        TRY_LOCK,
        /** Free a lock. */
        UNLOCK
    }

    /** Hears of steps, in the thread that takes them. */
    public interface Listener {
        /**
         * A step is next.
         *
         * @param path what it is done to
         * @param target where a {@code MOVE} leads; else the same as {@code path}
         * @throws IOException if the test wants the step to fail; never for an {@code UNLOCK}
         */
        void next(Step step, Path path, Path target) throws IOException;

        /**
         * This thread has a lock now. No step: nothing can be held up or fail here.
         *
         * @param waited from when it asked for it
         */
        default void locked(Path lock, Duration waited) {}
    }

    private static final Listener NOBODY = (step, path, target) -> {};

    private static volatile Listener listener = NOBODY;

    private FileSteps() {}

    /** For tests: lets {@code other} hear of all steps of this program from now on. */
    public static void listen(Listener other) {
        listener = other;
    }

    /** For tests: nobody listens any more. */
    public static void ignore() {
        listener = NOBODY;
    }

    /** Says what this thread does next. @throws IOException only if a test lets the step fail */
    public static void next(Step step, Path path) throws IOException {
        listener.next(step, path, path);
    }

    /** Says that this thread has a lock, and how long it waited for it. */
    public static void locked(Path lock, Duration waited) {
        listener.locked(lock, waited);
    }

    /** Says that this thread frees a lock, which cannot fail. */
    public static void unlock(Path lock) {
        try {
            listener.next(Step.UNLOCK, lock, lock);
        } catch (IOException e) {
            throw new UncheckedIOException("a listener let an unlocking fail", e);
        }
    }

    static void move(Path from, Path to) throws IOException {
        listener.next(Step.MOVE, from, to);
    }
}
