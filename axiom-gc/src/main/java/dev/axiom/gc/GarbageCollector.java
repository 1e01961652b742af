package dev.axiom.gc;

import dev.axiom.core.lock.Uninterrupted;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.os.Posix;
import dev.axiom.core.pool.Lease;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.FutureTask;

/**
 * Collects what no root reaches.
 *
 * <p>A run: take the lock → clean up after dead processes → read every root, and stop if one cannot be understood →
 * repair holds → plan → prune generations → mark the newly dead, unmark the revived → sweep in batches. Everybody else
 * goes on working meanwhile; whether a condemned package goes is the pool's decision, in one atomic step with the look
 * at its holds.
 *
 * <p>A dry run makes the same plan and changes nothing at all: it takes no lock, so that it never makes a real collection
 * fail, cleans nothing up, repairs and marks nothing, and needs no right to write. (What others do between a dry run and
 * a run is in the run's plan only.)
 */
public final class GarbageCollector {
    private final Target target;
    private final Timepiece timepiece;

    /** @param timepiece says how long packages have been dead; the run's only sense of time */
    public GarbageCollector(Target target, Timepiece timepiece) {
        this.target = target;
        this.timepiece = timepiece;
    }

    /**
     * The dry run. Locking: none.
     *
     * @throws AxiomException {@code CORRUPT}, naming the place, if a root, a manifest or the note of the time cannot be
     *     understood, or a root lists a package that does not exist
     */
    public Plan plan(CollectOptions options) {
        return Planner.plan(new Surveyor(target).foresee(time(options).now()), options);
    }

    private TimeKeeping time(CollectOptions options) {
        return new TimeKeeping(target.layout(), timepiece, options.trustClock());
    }

    /**
     * How a run behaves beside what it collects.
     *
     * @param lockFile the lock that keeps collections apart; empty for the usual place (see {@link GcLock})
     * @param progress hears how far it is
     * @param stop asked between batches; the run ends early, and reports, when it is true
     * @param sweepers how many batches are swept at the same time
     */
    public record Surroundings(Optional<Path> lockFile, Progress progress, StopSignal stop, int sweepers) {

        /** With as many sweepers as make use of a disk. */
        public Surroundings(Optional<Path> lockFile, Progress progress, StopSignal stop) {
            this(lockFile, progress, stop, BatchSweep.AT_A_TIME);
        }

        /** The usual lock, in silence, to the end. */
        public static Surroundings quiet() {
            return new Surroundings(Optional.empty(), Progress.NONE, new StopSignal());
        }
    }

    /**
     * Plans and executes, in a thread of its own: an interrupt of the calling thread asks for the end of the run, as
     * {@link StopSignal} does, and does not tear the batch that is being swept. Locking: exclusive on the collection, for
     * the whole run.
     *
     * @throws AxiomException {@code BUSY}, naming who, if a collection is running on this pool; {@code CORRUPT}, naming
     *     the place, if a root, a manifest or the note of the time cannot be understood, or a root lists a package that does
     *     not exist: no package, generation or mark was changed then
     * @throws CollectionFailedException if it had to give up half way; says what was done
     */
    public Report run(CollectOptions options, Surroundings surroundings) {
        FutureTask<Report> run = new FutureTask<>(() -> {
            Posix.giveWay(); // nobody waits for a collection, and others wait for the processor
            return collect(options, surroundings);
        });
        new Thread(run, "axiom-gc").start();
        return Uninterrupted.get(run, surroundings.stop()::request);
    }

    private Report collect(CollectOptions options, Surroundings surroundings) {
        Progress progress = surroundings.progress();
        Progress.Tally nothing = new Progress.Tally(0, 0, 0);
        try (GcLock lock = GcLock.acquire(target, surroundings.lockFile());
                Lease lease = target.pool().leaseInNeed(GcLock.PURPOSE)) {
            progress.reached(Progress.Step.LOCKED, nothing);
            target.pool().recover(toldAtTheStart -> {}); // what cannot be removed there keeps nothing alive
            target.records().recover();
            progress.reached(Progress.Step.RECOVERED, nothing);
            TimeKeeping time = time(options);
            Survey survey = new Surveyor(target).read(time.now());
            target.records().repair(survey.users().roots());
            Plan plan = Planner.plan(survey, options);
            progress.reached(Progress.Step.PLANNED, nothing);
            Report report = new Execution(target, lease, surroundings, plan, time).run();
            LastCollection.of(report, timepiece.instant()).write(target.layout().lastCollection());
            return report;
        }
    }
}
