package dev.axiom.gc.schedule;

import dev.axiom.core.pool.FaultyPool;
import dev.axiom.core.pool.Lease;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A process of the schedule. It runs in a thread of its own, and in those which that starts; before each step it waits
 * until it is chosen. At most one of its threads is at work at a time.
 */
final class Actor {
    /** How many steps an operation may take before it counts as endless. */
    private static final int ENDLESS = 5_000;

    private static final InheritableThreadLocal<@Nullable Actor> CURRENT = new InheritableThreadLocal<>();

    final String name;
    final int number;
    private final Scheduler scheduler;
    private final Runnable work;
    private final CrashPoint crashPoint;
    private final Semaphore go = new Semaphore(0);
    private final Map<String, Lease> leases = new LinkedHashMap<>();
    private final Map<String, Set<String>> held = new HashMap<>();
    private final Map<Path, Object> locks = new HashMap<>();
    private final List<Runnable> postponed = new ArrayList<>();
    private final List<Runnable> afterStep = new ArrayList<>();
    private @Nullable Step pending;
    private int steps;
    private boolean muted;
    private boolean hadHalf;
    private volatile boolean crashed;
    private volatile boolean ended;
    private @Nullable Throwable failure;

    /**
     * When it dies.
     *
     * @param step before its n-th step, from 0; negative for never
     * @param half whether in the middle of that step instead, if it has one
     */
    record CrashPoint(int step, boolean half) {
        static final CrashPoint NEVER = new CrashPoint(-1, false);
    }

    Actor(Scheduler scheduler, int number, String name, Runnable work, CrashPoint crashPoint) {
        this.scheduler = scheduler;
        this.number = number;
        this.name = name;
        this.work = work;
        this.crashPoint = crashPoint;
    }

    /** Whose thread this is; null for threads that are no actor's. */
    static @Nullable Actor current() {
        return CURRENT.get();
    }

    /** Runs the work; in a thread of the scheduler's. */
    void run() {
        CURRENT.set(this);
        try {
            work.run();
            finishStep();
        } catch (Crashed expected) {
            // its crash is part of the schedule
        } catch (Throwable e) {
            failure = e;
        } finally {
            CURRENT.remove();
            ended = true;
            pending = null;
            scheduler.freeLocks(this);
            scheduler.actorEnded(this);
        }
    }

    /** Called before each step: returns when it is this actor's turn. */
    void at(Step step) {
        if (muted) {
            return;
        }
        if (crashed) {
            throw new Crashed();
        }
        finishStep();
        if (steps > ENDLESS) {
            throw new IllegalStateException(name + " does not end; it is at " + step);
        }
        boolean dies = steps++ == crashPoint.step();
        pending = dies ? crash(step) : step;
        if (dies || !step.isLocal()) {
            scheduler.await(this);
        }
        scheduler.note(this, dies ? crash(step) : step);
        if (dies) {
            hadHalf = step.half() != null;
            if (crashPoint.half() && step.half() != null) {
                quietly(step.half());
            }
            die();
            throw new Crashed();
        }
    }

    /** A crash frees what a dead process frees. */
    private Step crash(Step instead) {
        List<Access> accesses = new ArrayList<>();
        leases.keySet().forEach(id -> accesses.add(Access.write("lease/" + id)));
        held.values().forEach(names -> names.forEach(one -> accesses.add(Access.write(one))));
        locks.keySet().forEach(lock -> accesses.add(Access.write(scheduler.lockName(lock))));
        if (crashPoint.half() && instead.half() != null) {
            accesses.addAll(instead.accesses());
        }
        return new Step("crash before " + instead, accesses, Step.LockUse.FREES, null);
    }

    /** Ends as a process does: nothing is cleaned up, and what the kernel frees is free. */
    void die() {
        crashed = true;
        leases.values().forEach(FaultyPool::abandon);
        leases.clear();
    }

    /** The schedule is given up: the next step is not taken any more. */
    void giveUp() {
        crashed = true;
        go.release();
    }

    void goOn() {
        go.release();
    }

    void awaitTurn() {
        go.acquireUninterruptibly();
        if (crashed) {
            throw new Crashed();
        }
    }

    /** Something to be looked at when the step that is beginning has been taken. */
    void afterStep(Runnable look) {
        afterStep.add(look);
    }

    private void finishStep() {
        List<Runnable> looks = List.copyOf(afterStep);
        afterStep.clear();
        looks.forEach(this::quietly);
    }

    /** Puts something off until the next name of a file is made durable. */
    void postpone(Runnable work) {
        postponed.add(work);
    }

    void doPostponed() {
        List<Runnable> now = List.copyOf(postponed);
        postponed.clear();
        now.forEach(Runnable::run);
    }

    /** Does something that is no step. */
    void quietly(Runnable work) {
        muted = true;
        try {
            work.run();
        } finally {
            muted = false;
        }
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Step pending() {
        if (pending == null) {
            throw new IllegalStateException(name + " has no next step");
        }
        return pending;
    }

    void leased(Lease lease) {
        leases.put(lease.id(), lease);
    }

    void leaseClosed(String id) {
        leases.remove(id);
        held.remove(id);
    }

    /** Notes which datasets a lease holds. */
    void holds(String lease, List<String> datasets) {
        held.computeIfAbsent(lease, id -> new LinkedHashSet<>()).addAll(datasets);
    }

    Set<String> heldBy(String lease) {
        return held.getOrDefault(lease, Set.of());
    }

    Map<Path, Object> locks() {
        return locks;
    }

    boolean isMuted() {
        return muted;
    }

    boolean isCrashed() {
        return crashed;
    }

    /** Whether the step at which it died can be half done. */
    boolean hadHalf() {
        return hadHalf;
    }

    boolean hasEnded() {
        return ended;
    }

    int steps() {
        return steps;
    }

    /** What its work threw, other than by a crash. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    @Override
    public String toString() {
        return name;
    }
}
