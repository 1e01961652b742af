package dev.axiom.core.pool;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where a {@link FaultyPool} breaks: it counts the calls of the pool, its leases and its stagings, and breaks the n-th.
 * A test runs its scenario with n = 1, 2, 3 … until {@link #injected()} stays false.
 */
public final class Faults {
    /** What happens at the n-th call. */
    public enum Mode {
        /** The call fails and has changed nothing. */
        FAIL_BEFORE,
        /** The call does its work and fails then, as when a disk breaks while it is made durable. */
        FAIL_AFTER,
        /** The process dies before the call does anything. */
        CRASH_BEFORE,
        /** The process dies when the call has done its work. */
        CRASH_AFTER;

        boolean isCrash() {
            return this == CRASH_BEFORE || this == CRASH_AFTER;
        }

        boolean isBefore() {
            return this == FAIL_BEFORE || this == CRASH_BEFORE;
        }
    }

    private final int target;
    private final Mode mode;
    private final List<String> calls = new ArrayList<>();
    private final Set<Lease> living = ConcurrentHashMap.newKeySet();
    private final Consumer<Lease> abandon;
    private boolean injected;
    private boolean crashed;

    /**
     * @param target which call breaks, counted from 1; 0 for none
     * @param abandon ends a lease of the wrapped pool as the death of its process does
     */
    Faults(int target, Mode mode, Consumer<Lease> abandon) {
        this.target = target;
        this.mode = mode;
        this.abandon = abandon;
    }

    /** Whether the fault has happened. */
    public synchronized boolean injected() {
        return injected;
    }

    /** All calls so far, by name, for messages. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    void leased(Lease lease) {
        living.add(lease);
    }

    void closed(Lease lease) {
        living.remove(lease);
    }

    /** A call that gives something to close; if it fails afterwards, {@code undo} takes it back. */
    <T> T call(String name, Supplier<T> work, Consumer<T> undo) {
        boolean hit = count(name);
        if (hit && mode.isBefore()) {
            throw broken(name);
        }
        T result = work.get();
        if (hit) {
            if (!mode.isCrash()) {
                undo.accept(result);
            }
            throw broken(name);
        }
        return result;
    }

    <T> T call(String name, Supplier<T> work) {
        return call(name, work, result -> {});
    }

    void run(String name, Runnable work) {
        call(name, () -> {
            work.run();
            return name;
        });
    }

    /** A call that never fails, because its contract says so; the process can still die at it. */
    void runUnfailing(String name, Runnable work) {
        boolean hit = count(name);
        if (hit && mode == Mode.CRASH_BEFORE) {
            throw broken(name);
        }
        work.run();
        if (hit && mode == Mode.CRASH_AFTER) {
            throw broken(name);
        }
    }

    private synchronized boolean count(String name) {
        if (crashed) {
            throw new CrashedError(name + ", after the crash");
        }
        calls.add(name);
        boolean hit = calls.size() == target;
        injected |= hit;
        return hit;
    }

    /** Throws for a crash, returns what to throw for a failure. */
    private AxiomException broken(String name) {
        if (!mode.isCrash()) {
            return new AxiomException(ErrorCode.UNAVAILABLE, "injected failure of call " + target + ": " + name);
        }
        synchronized (this) {
            crashed = true;
        }
        living.forEach(abandon);
        living.clear();
        throw new CrashedError(name);
    }
}
