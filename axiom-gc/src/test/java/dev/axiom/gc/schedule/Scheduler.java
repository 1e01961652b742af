package dev.axiom.gc.schedule;

import dev.axiom.core.os.FileSteps;
import dev.axiom.gc.schedule.Actor.CrashPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Runs actors one step at a time, in the order that a {@link Strategy} chooses: of all threads that belong to actors
 * exactly one is at work, the others wait before their next step. The thread that comes to a step asks the strategy
 * itself, so that going on costs no change of threads. An actor that waits for a lock is not chosen while another has it:
 * nobody waits for a time to pass.
 */
final class Scheduler {
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "actor");
        thread.setDaemon(true);
        return thread;
    });

    static {
        FileSteps.listen(Scheduler::fileStep);
    }

    private final Path top;
    private final Strategy strategy;
    private final List<Actor> actors = new ArrayList<>();
    private final List<Taken> trace = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final Map<Object, Actor> locked = new HashMap<>();
    private final Map<Actor, Path> wanted = new HashMap<>();
    private final Semaphore started = new Semaphore(0);
    private final Semaphore over = new Semaphore(0);
    private boolean running;
    private boolean givenUp;
    private int choices;
    private int powerCutAt = -1;
    private boolean powerWent;
    private FileHook hook = (actor, step, path, target) -> {};

    /** A step that was taken. */
    record Taken(int actor, Step step) {}

    /** Does something around a file step; used to break the protocol on purpose, and to check. */
    interface FileHook {
        /** The step is next for the actor. */
        void before(Actor actor, FileSteps.Step step, Path path, Path target);

        /** It is the actor's turn: the step is taken now. */
        default void now(FileSteps.Step step, Path path, Path target) {}
    }

    /** @param top the folder below which names are said in short */
    Scheduler(Path top, Strategy strategy) {
        this.top = top;
        this.strategy = strategy;
    }

    void hook(FileHook other) {
        hook = other;
    }

    Actor add(String name, Runnable work, CrashPoint crash) {
        Actor actor = new Actor(this, actors.size(), name, work, crash);
        actors.add(actor);
        return actor;
    }

    /** Runs all actors to their ends, or until the strategy gives up. */
    void run() {
        for (Actor actor : actors) {
            THREADS.execute(actor::run);
            started.acquireUninterruptibly();
        }
        running = true;
        passOn();
        over.acquireUninterruptibly();
    }

    /** In the actor's thread: returns when it is its turn. */
    void await(Actor actor) {
        if (running) {
            Actor next = choose();
            if (next == actor) {
                return;
            }
            wake(next);
        } else {
            started.release();
        }
        actor.awaitTurn();
    }

    /** In the actor's thread, at its end. */
    void actorEnded(Actor actor) {
        if (running) {
            passOn();
        } else {
            started.release();
        }
    }

    private void passOn() {
        if (actors.stream().allMatch(Actor::hasEnded)) {
            over.release();
        } else {
            wake(choose());
        }
    }

    private void wake(@Nullable Actor next) {
        if (next != null) {
            next.goOn();
        }
    }

    /** Null if everything was given up; all that wait end then. */
    private @Nullable Actor choose() {
        if (givenUp) {
            return null;
        }
        if (choices++ == powerCutAt) {
            powerWent = true;
            endAll();
            return null;
        }
        int able = able();
        int next = able == 0 ? Strategy.NOBODY : strategy.next(actors, able);
        if (next != Strategy.NOBODY) {
            return actors.get(next);
        }
        if (able == 0) {
            violate("all wait for each other: " + waiting());
        }
        endAll();
        return null;
    }

    private void endAll() {
        givenUp = true;
        List<Actor> left = actors.stream().filter(actor -> !actor.hasEnded()).toList();
        left.forEach(Actor::die);
        left.forEach(Actor::giveUp);
    }

    private int able() {
        int able = 0;
        for (Actor actor : actors) {
            if (!actor.hasEnded() && canGoOn(actor)) {
                able |= 1 << actor.number;
            }
        }
        return able;
    }

    private boolean canGoOn(Actor actor) {
        if (actor.pending().lock() != Step.LockUse.WAITS) {
            return true;
        }
        Object key = actor.locks().get(wanted(actor));
        return key == null || !locked.containsKey(key);
    }

    private Path wanted(Actor actor) {
        return Objects.requireNonNull(wanted.get(actor));
    }

    private String waiting() {
        return actors.stream()
                .filter(actor -> !actor.hasEnded())
                .map(actor -> actor + " for " + actor.pending())
                .toList()
                .toString();
    }

    void note(Actor actor, Step step) {
        trace.add(new Taken(actor.number, step));
    }

    /** What went wrong; the schedule goes on. */
    void violate(String what) {
        violations.add(what);
    }

    List<String> violations() {
        return violations;
    }

    List<Taken> trace() {
        return trace;
    }

    List<Actor> actors() {
        return actors;
    }

    /** All actors die at the n-th choice. */
    void cutPowerAt(int choice) {
        powerCutAt = choice;
    }

    /** Whether all died at once. */
    boolean powerWent() {
        return powerWent;
    }

    boolean wasGivenUp() {
        return givenUp;
    }

    /** The story in lines, for people. */
    String story() {
        StringBuilder text = new StringBuilder();
        for (Taken taken : trace) {
            text.append("  ")
                    .append(actors.get(taken.actor()))
                    .append(": ")
                    .append(taken.step())
                    .append('\n');
        }
        return text.toString();
    }

    /** A file's name for steps. */
    String fileName(Path path) {
        return path.startsWith(top) ? "file/" + top.relativize(path) : "file" + path;
    }

    String lockName(Path path) {
        return "lock/" + path.getFileName();
    }

    private static void fileStep(FileSteps.Step step, Path path, Path target) {
        Actor actor = Actor.current();
        if (actor != null && !actor.isMuted()) {
            actor.scheduler().fileStep(actor, step, path, target);
        }
    }

    private void fileStep(Actor actor, FileSteps.Step kind, Path path, Path target) {
        if (kind == FileSteps.Step.UNLOCK) {
            unlock(actor, path);
            return;
        }
        Object key = kind == FileSteps.Step.LOCK || kind == FileSteps.Step.TRY_LOCK ? inode(path) : path;
        if (!actor.isCrashed()) {
            hook.before(actor, kind, path, target);
        }
        take(actor, kind, path, target, key);
        if (kind != FileSteps.Step.LOCK && kind != FileSteps.Step.TRY_LOCK) {
            hook.now(kind, path, target);
        }
    }

    private void take(Actor actor, FileSteps.Step kind, Path path, Path target, Object key) {
        String name = fileName(path);
        switch (kind) {
            case LIST -> actor.at(Step.of("list " + name, Access.read(name + "/*")));
            case READ -> actor.at(Step.of("read " + name, Access.read(name)));
            case MOVE ->
                actor.at(Step.of(
                        "move " + name + " to " + target.getFileName(),
                        Access.write(name),
                        Access.write(fileName(target))));
            case LOCK, TRY_LOCK -> lock(actor, kind, path, key);
            case FOLDER ->
                actor.at(Step.of(
                        "folder " + name, new Access(name, !path.toFile().exists())));
            case SYNC -> actor.at(Step.of("sync " + name));
            default -> actor.at(Step.of(kind.name().toLowerCase(Locale.ROOT) + " " + name, Access.write(name)));
        }
    }

    private void lock(Actor actor, FileSteps.Step kind, Path path, Object key) {
        boolean waits = kind == FileSteps.Step.LOCK;
        wanted.put(actor, path);
        Object before = actor.locks().put(path, key);
        actor.at(new Step(
                (waits ? "lock " : "try to lock ") + path.getFileName(),
                List.of(Access.write(lockName(path))),
                waits ? Step.LockUse.WAITS : Step.LockUse.NONE,
                null));
        if (locked.containsKey(key)) { // the real call will find it so
            if (before == null) {
                actor.locks().remove(path);
            }
            return;
        }
        locked.forEach((otherKey, other) -> {
            if (other != actor && other.locks().get(path) == otherKey) {
                violate("both " + actor + " and " + other + " have the lock " + path.getFileName());
            }
        });
        locked.put(key, actor);
    }

    private void unlock(Actor actor, Path path) {
        if (actor.isCrashed()) {
            return; // the kernel does it; see freeLocks
        }
        try {
            hook.before(actor, FileSteps.Step.UNLOCK, path, path);
        } catch (Crashed now) {
            return; // closing goes on, as the kernel closes what a dead process had open
        }
        Step step = new Step(
                "unlock " + path.getFileName(), List.of(Access.write(lockName(path))), Step.LockUse.FREES, null);
        try {
            actor.at(step);
        } catch (Crashed now) {
            return;
        }
        Object key = actor.locks().remove(path);
        if (key != null) {
            locked.remove(key, actor);
        }
    }

    /** What an actor still has when it ends goes with it. */
    synchronized void freeLocks(Actor actor) {
        locked.values().removeIf(holder -> holder == actor);
        actor.locks().clear();
    }

    private static Object inode(Path path) {
        try {
            return Objects.requireNonNull(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
