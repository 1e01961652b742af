package dev.axiom.gc.schedule;

import dev.axiom.gc.schedule.Actor.CrashPoint;
import dev.axiom.gc.schedule.Schedule.Crashes;
import dev.axiom.gc.schedule.Schedule.Result;
import java.util.Optional;
import java.util.Set;

/**
 * Runs a workload in every order that can make a difference; first without a crash, then with one before each step of
 * each actor in turn (or in the middle of it, where it has one). A crash after a step is one before the next.
 */
final class Search {
    private static final long SEED = 1;

    private final Workload workload;
    private final Set<Mutation> mutations;
    private final long limit;
    private long schedules;
    private long cut;
    private int crashPoints;
    private boolean complete = true;
    private boolean hadHalf;
    private Optional<Finding> finding = Optional.empty();

    /**
     * A schedule that went wrong.
     *
     * @param number how many schedules it took
     */
    record Finding(Workload workload, Crashes crashes, Result result, long number) {
        @Override
        public String toString() {
            return "schedule " + number + " of " + workload + ", " + crashes + ":\n  "
                    + String.join("\n  ", result.violations()) + "\nThe steps:\n" + result.story();
        }
    }

    /** @param limit how many schedules it may take; more are not tried, and the search is incomplete */
    Search(Workload workload, Set<Mutation> mutations, long limit) {
        this.workload = workload;
        this.mutations = mutations;
        this.limit = limit;
    }

    /** Without crashes of the actors; the prelude, if there is one, dies at each of its steps. */
    Search run() {
        if (workload.prelude().isEmpty()) {
            explore(Crashes.NONE);
            return this;
        }
        boolean died = true;
        for (int step = 0; died && goesOn(); step++) {
            died = explore(new Crashes(new CrashPoint(step, false), -1, CrashPoint.NEVER))
                    .prelude();
            if (died && hadHalf && goesOn()) {
                explore(new Crashes(new CrashPoint(step, true), -1, CrashPoint.NEVER));
            }
        }
        return this;
    }

    /** With a crash of one actor at each of its steps. */
    Search runWithCrashes() {
        run();
        for (int actor = 0; actor < workload.actors().size(); actor++) {
            boolean died = true;
            for (int step = 0; died && goesOn(); step++) {
                died = explore(new Crashes(CrashPoint.NEVER, actor, new CrashPoint(step, false)))
                        .actor();
                if (died && hadHalf && goesOn()) {
                    explore(new Crashes(CrashPoint.NEVER, actor, new CrashPoint(step, true)));
                }
            }
        }
        return this;
    }

    private boolean goesOn() {
        return finding.isEmpty() && complete;
    }

    /** Whether somebody died in any of the schedules. */
    private record Died(boolean prelude, boolean actor) {}

    private Died explore(Crashes crashes) {
        Explorer explorer = new Explorer();
        Schedule schedule = new Schedule(workload, crashes, mutations);
        boolean prelude = false;
        boolean actor = false;
        boolean more = true;
        hadHalf = false;
        while (more && goesOn()) {
            explorer.begin();
            Result result = schedule.run(explorer, SEED);
            schedules++;
            hadHalf |= result.hadHalf();
            prelude |= result.preludeDied(crashes);
            actor |= crashes.actor() >= 0
                    && result.steps().get(crashes.actor()) > crashes.point().step();
            if (!result.violations().isEmpty()) {
                finding = Optional.of(new Finding(workload, crashes, result, schedules));
            }
            more = explorer.hasMore();
            complete &= !more || schedules < limit;
        }
        cut += explorer.cut();
        crashPoints++;
        return new Died(prelude, actor);
    }

    /** All schedules, those among them that were cut short because another covers them included. */
    long schedules() {
        return schedules;
    }

    long cut() {
        return cut;
    }

    /** How many different crashes were tried, none included. */
    int crashPoints() {
        return crashPoints;
    }

    boolean isComplete() {
        return complete;
    }

    Optional<Finding> finding() {
        return finding;
    }
}
