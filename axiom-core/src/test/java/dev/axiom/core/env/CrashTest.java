package dev.axiom.core.env;

import static dev.axiom.core.env.Workbench.DEV;
import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.EnvStrategy;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.testing.ChildJvm;
import dev.axiom.core.testing.InMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kills a realization between its steps: afterwards there is a whole generation more, or nothing of it. */
final class CrashTest {

    /** A process that realizes and stops at a step for ever. */
    static final class Victim {
        private Victim() {}

        /** Arguments: pool, package, generation of the profile, step. */
        public static void main(String[] args) {
            Workbench bench = new Workbench(Path.of(args[0]), step -> {
                if (step == Step.valueOf(args[3])) {
                    System.out.println("reached " + step);
                    waitForEver();
                }
            });
            bench.realize(EnvStrategy.COPY, Integer.parseInt(args[2]), PackageId.parse(args[1]));
        }

        private static void waitForEver() {
            try {
                while (System.in.read() >= -1) {
                    Thread.currentThread().join();
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void killAt(Step step, Path pool, PackageId id, int profileGeneration) {
        try (ChildJvm child = ChildJvm.start(Victim.class, pool, id, profileGeneration, step)) {
            assertThat(child.line()).isEqualTo("reached " + step);
            child.kill();
        }
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void leavesTheSecondGenerationWholeOrNotAtAll(Step step, @TempDir(factory = InMemory.class) Path folder)
            throws IOException {
        Path pool = folder.resolve("pool");
        try (Workbench bench = new Workbench(pool)) {
            PackageId old = bench.add("tool@1", new Tree().file("bin/tool", "1").file("doc/x", "x"));
            PackageId fresh =
                    bench.add("tool@2", new Tree().file("bin/tool", "2").file("doc/x", "x"));
            bench.realize(EnvStrategy.COPY, 1, old);
            killAt(step, pool, fresh, 2);
            assertThat(bench.environments.pointer(DEV).resolve("bin/tool"))
                    .content()
                    .isEqualTo(step == Step.SWITCHED ? "2" : "1"); // before anybody cleans up
            bench.recover();
            boolean recorded = step.compareTo(Step.RECORDED) >= 0;
            assertThat(bench.generations()).isEqualTo(recorded ? List.of(1, 2) : List.of(1));
            assertThat(bench.current()).isEqualTo(step == Step.SWITCHED ? 2 : 1);
            assertIsTidy(bench, pool);
            boolean held = bench.pool
                    .holds(List.of(StoreLayout.packageDataset(fresh)))
                    .toString()
                    .contains("env:dev:2");
            assertThat(held).isEqualTo(recorded);
            bench.realize(EnvStrategy.COPY, 3, fresh);
            assertThat(bench.environments.pointer(DEV).resolve("bin/tool"))
                    .content()
                    .isEqualTo("2");
        }
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void leavesTheFirstGenerationWholeOrNotAtAll(Step step, @TempDir(factory = InMemory.class) Path folder)
            throws IOException {
        Path pool = folder.resolve("pool");
        try (Workbench bench = new Workbench(pool)) {
            PackageId id = bench.add("tool@1", new Tree().file("bin/tool", "1"));
            killAt(step, pool, id, 1);
            bench.recover();
            assertThat(bench.environments.list()).hasSize(step.compareTo(Step.RECORDED) >= 0 ? 1 : 0);
            assertIsTidy(bench, pool);
        }
    }

    private static void assertIsTidy(Workbench bench, Path pool) throws IOException {
        assertThat(bench.orphans()).isEmpty();
        assertThat(bench.environments.damaged()).isEmpty();
        assertThat(pool.resolve("staging")).isEmptyDirectory();
        assertThat(pool.resolve("trash")).isEmptyDirectory();
        try (var files = Files.walk(bench.pool.state())) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith(".draft"));
        }
    }
}
