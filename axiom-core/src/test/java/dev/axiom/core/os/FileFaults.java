package dev.axiom.core.os;

import java.io.IOException;
import java.nio.file.Path;
import jnr.constants.platform.Errno;

/**
 * Lets the n-th step on state files fail, of those that a test chooses; a failed step is not taken. A test runs its
 * scenario with n = 1, 2, 3 … until {@link #injected()} stays false.
 */
public final class FileFaults implements AutoCloseable {
    private final int target;
    private final Fault fault;
    private int steps;
    private String injected = "";

    /** What happens at a step. */
    public interface Fault {
        /** Whether such a step counts. */
        boolean concerns(FileSteps.Step step, Path path);

        /** Breaks it. */
        void strike(FileSteps.Step step, Path path) throws IOException;
    }

    private FileFaults(int target, Fault fault) {
        this.target = target;
        this.fault = fault;
    }

    /**
     * Listens from now on.
     *
     * @param target which step breaks, counted from 1; 0 for none
     */
    public static FileFaults at(int target, Fault fault) {
        FileFaults faults = new FileFaults(target, fault);
        FileSteps.listen((step, path, to) -> faults.next(step, path));
        return faults;
    }

    /** A system call that fails in this way, at any step that can fail. */
    public static Fault error(Errno errno) {
        return new Fault() {
            @Override
            public boolean concerns(FileSteps.Step step, Path path) {
                return step != FileSteps.Step.UNLOCK;
            }

            @Override
            public void strike(FileSteps.Step step, Path path) throws IOException {
                throw new PosixException("injected failure of", path.toString(), errno.intValue());
            }
        };
    }

    private synchronized void next(FileSteps.Step step, Path path) throws IOException {
        if (fault.concerns(step, path) && ++steps == target) {
            injected = step + " " + path;
            fault.strike(step, path);
        }
    }

    /** Which step broke; empty as long as none has. */
    public synchronized String injected() {
        return injected;
    }

    /** Listens no more. */
    @Override
    public void close() {
        FileSteps.ignore();
    }
}
