package dev.axiom.gc;

import dev.axiom.core.pool.Condemned;
import dev.axiom.core.pool.Lease;
import java.util.List;
import java.util.Map;

/** A collector that reads the roots first, and destroys orphaned environments at once: what the real one must not do. */
public final class HastyCollector {
    private HastyCollector() {}

    /** Collects. */
    public static void run(
            Target target, Timepiece timepiece, CollectOptions options, GarbageCollector.Surroundings surroundings) {
        try (GcLock lock = GcLock.acquire(target, surroundings.lockFile());
                Lease lease = target.pool().lease("hasty")) {
            target.pool().recover();
            target.records().recover();
            TimeKeeping time = new TimeKeeping(target.layout(), timepiece, options.trustClock());
            Survey before = new Surveyor(target).read(time.now());
            Survey after = new Surveyor(target).read(time.now());
            Survey survey = new Survey(
                    after.time(),
                    after.packages(),
                    after.environments(),
                    before.users(),
                    before.generations(),
                    names -> Map.of());
            target.records().repair(survey.users().roots());
            Plan plan = Planner.plan(survey, options);
            List<Condemned> orphans = plan.orphans().stream()
                    .map(dataset -> new Condemned(dataset.name(), dataset.deadSince()))
                    .toList();
            target.pool().destroyUnheld(lease, orphans);
            new Execution(target, lease, surroundings, plan, time).run();
        }
    }
}
