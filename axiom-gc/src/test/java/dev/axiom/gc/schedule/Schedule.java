package dev.axiom.gc.schedule;

import dev.axiom.core.os.FileSteps;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.store.Root;
import dev.axiom.core.store.StoredPackage;
import dev.axiom.gc.schedule.Actor.CrashPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs a workload once, under one strategy, and tells what came of it. */
final class Schedule {
    private final Workload workload;
    private final Crashes crashes;
    private final Set<Mutation> mutations;

    /**
     * Who dies when.
     *
     * @param prelude where the prelude dies; never counts as at its end
     * @param actor which actor dies; negative for none
     * @param point where it dies
     * @param powerCut at which choice all die at once, and lose what was not made durable; negative for never
     */
    record Crashes(CrashPoint prelude, int actor, CrashPoint point, int powerCut) {
        static final Crashes NONE = new Crashes(CrashPoint.NEVER, -1, CrashPoint.NEVER);

        Crashes(CrashPoint prelude, int actor, CrashPoint point) {
            this(prelude, actor, point, -1);
        }

        CrashPoint of(int number) {
            return number == actor ? point : CrashPoint.NEVER;
        }
    }

    /**
     * What came of it.
     *
     * @param violations what went wrong; empty if nothing
     * @param story the steps, for people
     * @param trace the steps
     * @param preludeSteps how many steps the prelude took
     * @param steps how many each actor took
     * @param hadHalf whether somebody died at a step that can be half done
     * @param complete whether it was run to the end
     */
    record Result(
            List<String> violations,
            String story,
            List<Scheduler.Taken> trace,
            int preludeSteps,
            List<Integer> steps,
            boolean hadHalf,
            boolean complete) {
        boolean preludeDied(Crashes crashes) {
            return crashes.prelude().step() >= 0 && crashes.prelude().step() < preludeSteps;
        }
    }

    Schedule(Workload workload, Crashes crashes, Set<Mutation> mutations) {
        this.workload = workload;
        this.crashes = crashes;
        this.mutations = mutations;
    }

    Result run(Strategy strategy, long seed) {
        try (Bench bench = Start.after(workload.setup()).bench(seed, mutations)) {
            bench.pool.without(Mutation.guards(mutations));
            @Nullable Actor prelude = workload.prelude().isEmpty() ? null : prelude(bench);
            int preludeSteps = prelude == null ? 0 : prelude.steps();
            boolean preludeHadHalf = prelude != null && prelude.hadHalf();
            Scheduler scheduler = new Scheduler(bench.top, strategy);
            Checker checker = new Checker(bench, Duration.ofMinutes(workload.grace()), scheduler::violate);
            PowerCut power = new PowerCut();
            prepare(bench, scheduler, checker, power);
            scheduler.cutPowerAt(crashes.powerCut());
            scheduler.run();
            if (scheduler.powerWent()) {
                power.strike(new Random(seed));
            }
            List<String> violations = new ArrayList<>(scheduler.violations());
            if (!scheduler.wasGivenUp() || scheduler.powerWent()) {
                checker.atTheEnd();
                violations = new ArrayList<>(scheduler.violations());
                scheduler.actors().stream()
                        .filter(actor -> actor.failure() != null)
                        .map(actor -> actor + " failed: " + describe(actor.failure()))
                        .forEach(violations::add);
            }
            return new Result(
                    violations,
                    violations.isEmpty() ? "" : scheduler.story(),
                    scheduler.trace(),
                    preludeSteps,
                    scheduler.actors().stream().map(Actor::steps).toList(),
                    preludeHadHalf || scheduler.actors().stream().anyMatch(Actor::hadHalf),
                    !scheduler.wasGivenUp());
        }
    }

    private static String describe(@Nullable Throwable failure) {
        StringBuilder text = new StringBuilder(String.valueOf(failure));
        for (StackTraceElement line : Objects.requireNonNull(failure).getStackTrace()) {
            if (line.getClassName().startsWith("dev.axiom") && text.length() < 1500) {
                text.append("\n      at ").append(line);
            }
        }
        return text.toString();
    }

    private Actor prelude(Bench bench) {
        Scheduler alone = new Scheduler(bench.top, (actors, able) -> 0);
        Checker checker = new Checker(bench, Duration.ZERO, alone::violate);
        StepPool pool = new StepPool(bench.pool, checker, mutations);
        Commands commands = new Commands(bench, new Bench.Parts(pool, bench.layout));
        Actor actor = alone.add("prelude", () -> commands.run(workload.prelude()), crashes.prelude());
        alone.run();
        return actor;
    }

    private void prepare(Bench bench, Scheduler scheduler, Checker checker, PowerCut power) {
        Sabotage sabotage = new Sabotage(bench, checker);
        boolean mayLose = crashes.powerCut() >= 0;
        scheduler.hook(new Scheduler.FileHook() {
            @Override
            public void before(Actor actor, FileSteps.Step step, Path path, Path target) {
                sabotage.before(actor, step, path, target);
            }

            @Override
            public void now(FileSteps.Step step, Path path, Path target) {
                if (mayLose) {
                    power.before(step, path, target);
                }
            }
        });
        int number = 0;
        for (String commands : workload.actors()) {
            StepPool pool = new StepPool(bench.pool, checker, mutations);
            Commands all = new Commands(bench, new Bench.Parts(pool, bench.layout));
            String name = (commands.startsWith("gc") ? "gc" : "client") + number;
            scheduler.add(name, () -> all.run(commands), crashes.of(number));
            number++;
        }
    }

    /** What happens around file steps: checks, and breaking the protocol. */
    private static final class Sabotage {
        private final Bench bench;
        private final Checker checker;

        Sabotage(Bench bench, Checker checker) {
            this.bench = bench;
            this.checker = checker;
        }

        void before(Actor actor, FileSteps.Step step, Path path, Path target) {
            switch (step) {
                case MOVE -> {
                    if (target.getFileName().toString().contains(".removing.")) {
                        releaseEarly(actor, path);
                    }
                    if (bench.mutations.contains(Mutation.WRITE_IN_PLACE)) {
                        writeHalf(actor, path, target);
                    }
                    if (target.getFileName().toString().endsWith(".yaml")) {
                        actor.afterStep(() -> checker.rootsAreWhole("after " + target.getFileName() + " was ready"));
                    }
                }
                case SYNC -> actor.doPostponed();
                case UNLOCK -> {
                    if (bench.mutations.contains(Mutation.UNLINK_THE_LOCK_FILE)) {
                        actor.at(
                                Step.of("unlink", Access.write(actor.scheduler().fileName(path))));
                        onDisk(() -> Files.deleteIfExists(path));
                    }
                }
                default -> {
                    // nothing to break
                }
            }
        }

        private void releaseEarly(Actor actor, Path path) {
            if (!bench.mutations.contains(Mutation.RELEASE_BEFORE_REMOVING)) {
                return;
            }
            List<DatasetName> all = bench.real.packages().list().stream()
                    .map(StoredPackage::dataset)
                    .toList();
            actor.at(Step.of("early release", Access.write("store/*")));
            actor.quietly(() -> bench.real.records().roots().stream()
                    .filter(root -> root.path().equals(path))
                    .map(Root::key)
                    .forEach(key -> bench.pool.release(key.tag(), all)));
        }

        private void writeHalf(Actor actor, Path draft, Path target) {
            if (draft.getFileName().toString().startsWith(".draft-") && !Files.isSymbolicLink(draft)) {
                actor.at(Step.of("write half", Access.write(actor.scheduler().fileName(target))));
                onDisk(() -> {
                    byte[] bytes = Files.readAllBytes(draft);
                    return Files.write(target, Arrays.copyOf(bytes, bytes.length / 2));
                });
            }
        }

        private interface DiskWork {
            Object run() throws IOException;
        }

        private static void onDisk(DiskWork work) {
            try {
                work.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
