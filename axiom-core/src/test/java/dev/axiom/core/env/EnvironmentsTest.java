package dev.axiom.core.env;

import static dev.axiom.core.env.Workbench.DEV;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.axiom.core.archive.TreeVerifier;
import dev.axiom.core.lock.FileLock;
import dev.axiom.core.lock.LockBusyException;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.EnvStrategy;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.os.FileSteps;
import dev.axiom.core.os.Posix;
import dev.axiom.core.pool.Condemned;
import dev.axiom.core.pool.Destruction;
import dev.axiom.core.pool.Faults;
import dev.axiom.core.pool.FaultyPool;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.pool.Staging;
import dev.axiom.core.profile.Locked;
import dev.axiom.core.profile.PackageChange;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.Records;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.store.StoreLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EnvironmentsTest {
    private Path folder;

    private Workbench bench;

    @BeforeEach
    void open(@TempDir Path temporary) {
        folder = temporary;
        bench = new Workbench(folder.resolve("pool"));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private PackageId tool(String version) {
        return bench.add(
                "tool@" + version,
                new Tree()
                        .program("bin/tool", "#!/bin/sh\necho tool " + version + "\n")
                        .file("share/tool/doc", "about " + version));
    }

    private PackageId other() {
        return bench.add("other@1", new Tree().program("bin/other", "#!/bin/sh\necho other\n"));
    }

    private static AxiomException failure(Runnable action) {
        return catchThrowableOfType(AxiomException.class, action::run);
    }

    @Test
    void linksWholeFoldersAndMakesFoldersThatAreShared() throws IOException {
        PackageId tool = tool("1.0");
        Realized realized = bench.realize(EnvStrategy.LINK, 1, tool, other());
        Path store = bench.lease.open(StoreLayout.packageDataset(tool));
        assertThat(realized.changed()).isTrue();
        assertThat(realized.record().generation()).isEqualTo(1);
        assertThat(realized.path().resolve("bin")).isDirectory();
        assertThat(Files.isSymbolicLink(realized.path().resolve("bin"))).isFalse();
        assertThat(Files.readSymbolicLink(realized.path().resolve("share"))).isEqualTo(store.resolve("root/share"));
        assertThat(Files.readSymbolicLink(realized.path().resolve("bin/tool")))
                .isEqualTo(store.resolve("root/bin/tool"));
        assertThat(Files.readString(realized.path().resolve("share/tool/doc"))).isEqualTo("about 1.0");
        assertThat(Files.readSymbolicLink(bench.environments.pointer(DEV))).isEqualTo(realized.path());
        assertThat(realized.path().resolveSibling("env.yaml")).content().contains("generation: 1");
    }

    @Test
    void copiesWithModesAndTimesAndWithoutWriteBits() throws IOException {
        Tree tree = new Tree()
                .program("bin/tool", "#!/bin/sh\n")
                .file("etc/secret", "s", 0600)
                .folder("var/empty", 0775)
                .link("etc/alias", "secret");
        PackageId id = bench.add("tool@1", tree);
        Path env = bench.realize(EnvStrategy.COPY, 1, id).path();
        assertThat(mode(env.resolve("bin/tool"))).isEqualTo(0555);
        assertThat(mode(env.resolve("etc/secret"))).isEqualTo(0400);
        assertThat(mode(env.resolve("var/empty"))).isEqualTo(0555);
        assertThat(mode(env)).isEqualTo(0555);
        assertThat(Files.isSymbolicLink(env.resolve("bin/tool"))).isFalse();
        assertThat(Files.readSymbolicLink(env.resolve("etc/alias"))).hasToString("secret");
        assertThat(Files.getLastModifiedTime(env.resolve("bin/tool")).toInstant())
                .isEqualTo(Tree.TIME);
        assertThat(Files.getLastModifiedTime(env.resolve("var/empty")).toInstant())
                .isEqualTo(Tree.TIME);
        assertThat(TreeVerifier.verify(env, tree.listing())).isEmpty();
    }

    private static int mode(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
    }

    @Test
    void holdsItsPackagesWithoutALease() {
        PackageId id = tool("1.0");
        bench.realize(EnvStrategy.LINK, 1, id);
        bench.lease.close();
        try (Lease collector = bench.pool.lease("gc")) {
            Destruction result = bench.pool
                    .destroyUnheld(collector, List.of(new Condemned(StoreLayout.packageDataset(id), Optional.empty())))
                    .get(0);
            assertThat(result.outcome()).isEqualTo(Destruction.Outcome.HELD);
            assertThat(result.reason()).contains("env:dev:1");
        }
    }

    @Test
    void keepsTheCurrentGenerationIfNothingIsDifferent() {
        PackageId id = tool("1.0");
        Realized first = bench.realize(EnvStrategy.LINK, 1, id);
        Realized again = bench.realize(EnvStrategy.LINK, 1, id);
        assertThat(again.changed()).isFalse();
        assertThat(again.record()).isEqualTo(first.record());
        assertThat(again.path()).isEqualTo(first.path());
        assertThat(bench.realize(EnvStrategy.COPY, 1, id).changed()).isTrue();
        assertThat(bench.realize(EnvStrategy.COPY, 2, id).changed()).isTrue();
        Locked locked = Workbench.lock(2, id);
        RealizeRequest forced = new RealizeRequest(() -> locked, EnvStrategy.COPY, ConflictPolicy.ERROR, true);
        assertThat(bench.environments.realize(bench.lease, DEV, forced).record().generation())
                .isEqualTo(4);
    }

    @Test
    void looksAtThePolicyOnlyWhereItDecidedSomething() {
        PackageId a = bench.add("a@1", new Tree().file("x", "a").file("only-a", ""));
        PackageId b = bench.add("b@1", new Tree().file("x", "b"));
        Locked both = Workbench.lock(1, a, b);
        RealizeRequest first = new RealizeRequest(() -> both, EnvStrategy.COPY, ConflictPolicy.FIRST, false);
        RealizeRequest last = new RealizeRequest(() -> both, EnvStrategy.COPY, ConflictPolicy.LAST, false);
        Realized one = bench.environments.realize(bench.lease, DEV, first);
        assertThat(one.path().resolve("x")).content().isEqualTo("a");
        assertThat(one.decided()).extracting(Conflict::path).containsExactly("x");
        Realized two = bench.environments.realize(bench.lease, DEV, last);
        assertThat(two.changed()).isTrue();
        assertThat(two.path().resolve("x")).content().isEqualTo("b");
        assertThat(bench.environments.realize(bench.lease, DEV, last).changed()).isFalse();

        EnvName peace = new EnvName("peace");
        bench.environments.realize(bench.lease, peace, Workbench.request(EnvStrategy.COPY, 1, a));
        Locked alone = Workbench.lock(1, a);
        RealizeRequest otherPolicy = new RealizeRequest(() -> alone, EnvStrategy.COPY, ConflictPolicy.LAST, false);
        assertThat(bench.environments.realize(bench.lease, peace, otherPolicy).changed())
                .isFalse();
    }

    @Test
    void leavesNothingBehindAfterAConflict() {
        PackageId a = bench.add("a@1", new Tree().file("bin/x", "a"));
        PackageId b = bench.add("b@1", new Tree().file("bin/x", "b"));
        EnvConflictException e =
                catchThrowableOfType(EnvConflictException.class, () -> bench.realize(EnvStrategy.LINK, 1, a, b));
        assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(e).hasMessageContainingAll("bin/x", a.toString(), b.toString());
        assertThat(e.conflicts()).hasSize(1);
        assertThat(bench.environments.list()).isEmpty();
        assertThat(folder.resolve("pool/staging")).isEmptyDirectory();
        assertThat(folder.resolve("pool/env")).isEmptyDirectory();
    }

    /** What a package replaces stands in its manifest. */
    @Test
    void theFileOfAReplacingPackageIsTaken() throws IOException {
        PackageId old = bench.add("a@1", new Tree().file("bin/x", "old").file("bin/y", "old"));
        PackageId other = bench.add("b@1", new Tree().file("bin/x", "new"), "a@<2");
        for (EnvStrategy strategy : EnvStrategy.values()) {
            Realized realized = bench.realize(strategy, 1, old, other);
            assertThat(realized.path().resolve("bin/x")).hasContent("new");
            assertThat(realized.path().resolve("bin/y")).hasContent("old");
        }
    }

    @Test
    void listsOnlyTheFirstTwentyOfManyConflicts() {
        Tree one = new Tree();
        Tree two = new Tree();
        for (int i = 0; i < 25; i++) {
            one.file("f" + i, "a");
            two.file("f" + i, "b");
        }
        PackageId a = bench.add("a@1", one);
        PackageId b = bench.add("b@1", two);
        assertThatThrownBy(() -> bench.realize(EnvStrategy.LINK, 1, a, b)).hasMessageContaining("and 5 more");
    }

    @Test
    void readsTheLockFileAgainWhenItsPackagesWereCollected() {
        PackageId gone = new Tree().file("x", "never added").id("gone@1");
        PackageId there = tool("1.0");
        Deque<Locked> generations = new ArrayDeque<>(List.of(Workbench.lock(1, gone), Workbench.lock(2, there)));
        RealizeRequest request = new RealizeRequest(generations::remove, EnvStrategy.LINK, ConflictPolicy.ERROR, false);
        assertThat(bench.environments
                        .realize(bench.lease, DEV, request)
                        .record()
                        .profileGeneration())
                .isEqualTo(2);
    }

    @Test
    void saysWhichPackagesALockFileListsThatDoNotExist() {
        PackageId gone = new Tree().file("x", "never added").id("gone@1");
        AxiomException e = failure(() -> bench.realize(EnvStrategy.LINK, 3, gone));
        assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT);
        assertThat(e)
                .hasMessageContainingAll("profile generation 3", gone.buildId().value());
    }

    @Test
    void refusesAPackageThatIsNotAsListed() throws IOException {
        PackageId id = tool("1.0");
        Path doc = bench.lease.open(StoreLayout.packageDataset(id)).resolve("root/share/tool/doc");
        Files.setAttribute(doc, "unix:mode", 0644);
        Files.writeString(doc, "longer than before, by far");
        if (!Posix.isRoot()) {
            return; // hard links do not read the content; verify does
        }
        AxiomException e = failure(() -> bench.realize(EnvStrategy.COPY, 1, id));
        assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT);
        assertThat(e).hasMessageContaining("share/tool/doc");
        assertThat(bench.environments.list()).isEmpty();
    }

    @Test
    void rollsBackAndForth() {
        bench.realize(EnvStrategy.LINK, 1, tool("1.0"));
        bench.realize(EnvStrategy.LINK, 2, tool("2.0"));
        bench.realize(EnvStrategy.LINK, 3, tool("3.0"));
        Path doc = bench.environments.pointer(DEV).resolve("share/tool/doc");
        assertThat(doc).content().isEqualTo("about 3.0");
        bench.environments.rollback(bench.lease, DEV, Optional.empty());
        assertThat(doc).content().isEqualTo("about 2.0");
        bench.environments.rollback(bench.lease, DEV, Optional.of(1));
        assertThat(doc).content().isEqualTo("about 1.0");
        assertThat(failure(() -> bench.environments.rollback(bench.lease, DEV, Optional.empty()))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(bench.environments
                        .rollback(bench.lease, DEV, Optional.of(3))
                        .current()
                        .number())
                .isEqualTo(3);
        assertThat(failure(() -> bench.environments.rollback(bench.lease, DEV, Optional.of(9)))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void saysWhatDiffersBetweenGenerations() {
        PackageId old = tool("1.0");
        PackageId fresh = tool("2.0");
        bench.realize(EnvStrategy.LINK, 1, old);
        bench.realize(EnvStrategy.LINK, 2, fresh, other());
        List<PackageChange> changes = bench.environments.diff(DEV, 1, 2);
        assertThat(changes).extracting(change -> change.name().value()).containsExactly("other", "tool");
        assertThat(changes.get(0).before()).isEmpty();
        assertThat(changes.get(1).before()).contains(old);
        assertThat(changes.get(1).after()).contains(fresh);
    }

    @Test
    void listsAndShows() {
        assertThat(bench.environments.list()).isEmpty();
        assertThat(failure(() -> bench.environments.show(DEV)).code()).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failure(() -> bench.environments.generations(DEV)).code()).isEqualTo(ErrorCode.NOT_FOUND);
        PackageId id = tool("1.0");
        bench.realize(EnvStrategy.LINK, 1, id);
        bench.realize(EnvStrategy.LINK, 2, id, other());
        EnvSummary shown = bench.environments.show(DEV);
        assertThat(bench.environments.list()).containsExactly(shown);
        assertThat(shown.current().record().packages()).hasSize(2);
        assertThat(bench.environments.generations(DEV))
                .extracting(EnvGeneration::number, EnvGeneration::current)
                .containsExactly(tuple(1, false), tuple(2, true));
    }

    @Test
    void removesAGenerationButNotTheCurrentOne() {
        PackageId old = tool("1.0");
        bench.realize(EnvStrategy.LINK, 1, old);
        bench.realize(EnvStrategy.LINK, 2, tool("2.0"));
        assertThat(failure(() -> bench.environments.remove(bench.lease, DEV, Optional.of(2)))
                        .code())
                .isEqualTo(ErrorCode.BUSY);
        bench.environments.remove(bench.lease, DEV, Optional.of(1));
        assertThat(bench.generations()).containsExactly(2);
        assertThat(folder.resolve("pool/env/dev/1")).doesNotExist();
        assertThat(bench.pool.holds(List.of(StoreLayout.packageDataset(old))).toString())
                .doesNotContain("env:dev:1");
        assertThat(failure(() -> bench.environments.remove(bench.lease, DEV, Optional.of(1)))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void neverUsesANumberTwice() {
        bench.realize(EnvStrategy.LINK, 1, tool("1.0"));
        bench.realize(EnvStrategy.LINK, 2, tool("2.0"));
        bench.environments.rollback(bench.lease, DEV, Optional.of(1));
        bench.environments.remove(bench.lease, DEV, Optional.of(2));
        assertThat(bench.realize(EnvStrategy.LINK, 3, tool("3.0")).record().generation())
                .isEqualTo(3);
    }

    @Test
    void removesAWholeEnvironment() {
        PackageId first = tool("1.0");
        bench.realize(EnvStrategy.LINK, 1, first);
        bench.realize(EnvStrategy.COPY, 2, tool("2.0"));
        bench.environments.remove(bench.lease, DEV, Optional.empty());
        assertThat(bench.environments.list()).isEmpty();
        assertThat(bench.environments.pointer(DEV)).doesNotExist();
        assertThat(folder.resolve("pool/env/dev")).isEmptyDirectory();
        assertThat(folder.resolve("pool/trash")).isEmptyDirectory();
        assertThat(bench.records.roots()).isEmpty();
        bench.realize(EnvStrategy.LINK, 1, first);
        assertThat(bench.current()).isEqualTo(1);
    }

    @Test
    void keepsWhatARunningCommandUses() {
        bench.realize(EnvStrategy.LINK, 1, tool("1.0"));
        bench.realize(EnvStrategy.LINK, 2, tool("2.0"));
        try (Lease running = bench.pool.lease("axiom env run dev -- tool")) {
            OpenEnv open = bench.environments.open(running, DEV, Optional.of(1));
            assertThat(open.path().resolve("share/tool/doc")).content().isEqualTo("about 1.0");
            for (Optional<Integer> which : List.of(Optional.of(1), Optional.<Integer>empty())) {
                AxiomException e = failure(() -> bench.environments.remove(bench.lease, DEV, which));
                assertThat(e.code()).isEqualTo(ErrorCode.BUSY);
                assertThat(e).hasMessageContaining("axiom env run dev -- tool (pid ");
            }
            assertThat(bench.environments.prune(bench.lease, DEV, 1))
                    .hasValueSatisfying(reason -> assertThat(reason).contains("axiom env run dev"));
            assertThat(bench.generations()).containsExactly(1, 2);
            assertThat(bench.current()).isEqualTo(2);
        }
        bench.environments.remove(bench.lease, DEV, Optional.of(1));
        assertThat(bench.generations()).containsExactly(2);
    }

    @Test
    void keepsTheCurrentGenerationWhenTheWholeEnvironmentIsInUse() {
        bench.realize(EnvStrategy.LINK, 1, tool("1.0"));
        try (Lease running = bench.pool.lease("axiom env run")) {
            bench.environments.open(running, DEV, Optional.empty());
            assertThat(failure(() -> bench.environments.remove(bench.lease, DEV, Optional.empty()))
                            .code())
                    .isEqualTo(ErrorCode.BUSY);
            assertThat(bench.environments.pointer(DEV).resolve("share/tool/doc"))
                    .content()
                    .isEqualTo("about 1.0");
        }
    }

    @Test
    void prunesAnyGenerationButTheCurrentOne() {
        for (int i = 1; i <= 3; i++) {
            bench.realize(EnvStrategy.LINK, i, tool(i + ".0"));
        }
        bench.environments.rollback(bench.lease, DEV, Optional.of(2));
        assertThat(bench.environments.prune(bench.lease, DEV, 2)).contains("it is the current one");
        for (int gone : List.of(1, 3, 3)) {
            assertThat(bench.environments.prune(bench.lease, DEV, gone)).isEmpty();
        }
        assertThat(bench.generations()).containsExactly(2);
    }

    /** A copied generation can have so many files that who waits for the lock would give up. */
    @Test
    void erasesWhenOthersHaveTheLockAgain() throws Exception {
        bench.realize(EnvStrategy.COPY, 1, tool("1.0"));
        bench.realize(EnvStrategy.COPY, 2, tool("2.0"));
        bench.realize(EnvStrategy.COPY, 3, tool("3.0"));
        bench.environments.rollback(bench.lease, DEV, Optional.of(2));
        FaultyPool pool = FaultyPool.over(bench.pool, 0, Faults.Mode.FAIL_BEFORE);
        Environments environments = new Environments(
                pool,
                bench.layout,
                new Records(pool, bench.layout),
                new StoreLocks(bench.layout, Duration.ZERO, "a test"));
        try (Lease lease = pool.lease("axiom gc")) {
            assertErasedUnlocked(pool, () -> environments.prune(lease, DEV, 1));
            assertErasedUnlocked(pool, () -> environments.remove(lease, DEV, Optional.of(3)));
            bench.records.remove(bench.lease, EnvCatalog.key(DEV, 2), Records.Between.NOTHING);
            assertErasedUnlocked(pool, () -> environments.recover(lease));
        }
        assertThat(folder.resolve("pool/trash")).isEmptyDirectory();
        assertThat(bench.pool.list(StoreLayout.envParent(DEV))).isEmpty();
    }

    private void assertErasedUnlocked(FaultyPool pool, Runnable work) {
        Path lock = bench.layout.lockFile(RecordKind.ENV, DEV.value());
        int before = pool.faults().calls().size();
        List<String> underLock = new ArrayList<>();
        FileSteps.listen((step, path, target) -> {
            if (step == FileSteps.Step.UNLOCK && path.equals(lock)) {
                List<String> calls = pool.faults().calls();
                underLock.addAll(calls.subList(before, calls.size()));
            }
        });
        try {
            work.run();
        } finally {
            FileSteps.ignore();
        }
        assertThat(underLock).contains("takeUnheld").doesNotContain("erase", "destroyUnheld");
        assertThat(pool.faults().calls()).endsWith("erase");
    }

    @Test
    void opensTheCurrentGenerationAndProtectsItsPackagesToo() {
        PackageId id = tool("1.0");
        bench.realize(EnvStrategy.LINK, 1, id);
        assertThat(failure(() -> bench.environments.open(bench.lease, DEV, Optional.of(7)))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(failure(() -> bench.environments.open(bench.lease, new EnvName("none"), Optional.empty()))
                        .code())
                .isEqualTo(ErrorCode.NOT_FOUND);
        try (Lease running = bench.pool.lease("axiom env run")) {
            bench.environments.open(running, DEV, Optional.empty());
            assertThat(bench.pool.holds(List.of(StoreLayout.packageDataset(id))).toString())
                    .contains("lease:" + running.id());
        }
    }

    @Test
    void findsAndDestroysGenerationsWithoutARecord() {
        bench.realize(EnvStrategy.LINK, 1, tool("1.0"));
        try (Lease crashed = bench.pool.lease("crashed")) {
            Staging staging = crashed.stage();
            staging.seal(Map.of(), 0);
            staging.publish(StoreLayout.envDataset(DEV, 2));
            assertThat(bench.orphans()).containsExactly(StoreLayout.envDataset(DEV, 2));
            assertThat(bench.recover().destroyed()).isEmpty(); // it is in the making
            staging.close();
        }
        assertThat(bench.recover().destroyed()).containsExactly(StoreLayout.envDataset(DEV, 2));
        assertThat(bench.orphans()).isEmpty();
        assertThat(bench.generations()).containsExactly(1);
    }

    @Test
    void recoversTheOthersWhereSomethingLiesAmongTheEnvironments() throws IOException {
        bench.realize(EnvStrategy.LINK, 1, tool("1.0"));
        Files.delete(bench.environments.pointer(DEV));
        Files.createDirectory(folder.resolve("pool/env/no:env"));
        assertThat(bench.recover().problems()).singleElement().asString().contains("env/no:env");
        assertThat(bench.environments.pointer(DEV)).isSymbolicLink();
    }

    @Test
    void leavesEnvironmentsAloneThatOthersWorkOn() {
        bench.realize(EnvStrategy.LINK, 1, tool("1.0"));
        try (Lease crashed = bench.pool.lease("crashed");
                Staging staging = crashed.stage()) {
            staging.seal(Map.of(), 0);
            staging.publish(StoreLayout.envDataset(DEV, 2));
        }
        FileLock.Request request = new FileLock.Request(
                bench.layout.lockFile(RecordKind.ENV, "dev"), "environment", Duration.ZERO, "realizing");
        try (FileLock lock = FileLock.exclusive(request)) {
            assertThat(bench.recover().destroyed()).isEmpty();
            Environments impatient = bench.environments(Duration.ZERO, step -> {});
            LockBusyException e = catchThrowableOfType(
                    LockBusyException.class, () -> impatient.rollback(bench.lease, DEV, Optional.of(1)));
            assertThat(e).hasMessageContaining("realizing");
        }
        assertThat(bench.recover().destroyed()).hasSize(1);
    }

    @Test
    void namesGenerationsWhoseFilesAreMissing() throws IOException {
        bench.realize(EnvStrategy.LINK, 1, tool("1.0"));
        bench.realize(EnvStrategy.LINK, 2, tool("2.0"));
        Files.move(folder.resolve("pool/env/dev/1"), folder.resolve("stolen"));
        assertThat(bench.environments.damaged()).extracting(Object::toString).containsExactly("env dev generation 1");
        assertThat(bench.recover().problems()).singleElement().asString().contains("env dev generation 1");
        assertThat(failure(() -> bench.environments.open(bench.lease, DEV, Optional.of(1)))
                        .code())
                .isEqualTo(ErrorCode.CORRUPT);
        assertThat(failure(() -> bench.environments.rollback(bench.lease, DEV, Optional.of(1)))
                        .code())
                .isEqualTo(ErrorCode.CORRUPT);
        bench.environments.remove(bench.lease, DEV, Optional.of(1));
        assertThat(bench.environments.damaged()).isEmpty();
    }

    @Test
    void refusesAPointerThatIsNoLinkAndMendsOneThatIsGone() throws IOException {
        bench.realize(EnvStrategy.LINK, 1, tool("1.0"));
        Path pointer = bench.environments.pointer(DEV);
        Files.delete(pointer);
        Files.writeString(pointer, "not a link");
        assertThat(failure(() -> bench.environments.show(DEV)).code()).isEqualTo(ErrorCode.CORRUPT);
        Files.delete(pointer);
        assertThat(bench.current()).isEqualTo(1); // the newest, as which recovery brings it back
        assertThat(pointer).doesNotExist();
        bench.recover();
        assertThat(pointer).isSymbolicLink();
        assertThat(bench.current()).isEqualTo(1);
    }

    @Test
    void letsManyRealizeAtOnce() throws Exception {
        List<PackageId> packages = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            packages.add(tool(i + ".0"));
        }
        CyclicBarrier start = new CyclicBarrier(packages.size());
        ExecutorService threads = Executors.newFixedThreadPool(packages.size());
        try {
            List<Future<Integer>> results = new ArrayList<>();
            for (int i = 0; i < packages.size(); i++) {
                int number = i;
                results.add(threads.submit(() -> {
                    start.await();
                    try (Lease lease = bench.pool.lease("thread " + number)) {
                        return bench.environments
                                .realize(
                                        lease,
                                        DEV,
                                        Workbench.request(EnvStrategy.LINK, number + 1, packages.get(number)))
                                .record()
                                .generation();
                    }
                }));
            }
            List<Integer> made = new ArrayList<>();
            for (Future<Integer> result : results) {
                made.add(result.get());
            }
            assertThat(made).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
        } finally {
            threads.shutdownNow();
        }
        assertThat(bench.generations()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(bench.current()).isEqualTo(8);
        assertThat(bench.orphans()).isEmpty();
    }

    @Test
    void undoesAGenerationThatCouldNotBeRecorded() throws IOException {
        bench.realize(EnvStrategy.LINK, 1, tool("1.0"));
        PackageId next = tool("2.0");
        Environments failing = bench.environments(Duration.ofSeconds(5), step -> {
            if (step == Step.PUBLISHED) {
                throw new AxiomException(ErrorCode.UNAVAILABLE, "disk full");
            }
        });
        assertThat(failure(() -> failing.realize(bench.lease, DEV, Workbench.request(EnvStrategy.LINK, 2, next)))
                        .code())
                .isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(bench.orphans()).isEmpty();
        assertThat(folder.resolve("pool/env/dev/2")).doesNotExist();
        assertThat(bench.current()).isEqualTo(1);
    }

    /** Until it is published: then it becomes whole, and the interrupt stays for whoever is next. */
    @ParameterizedTest
    @EnumSource(Step.class)
    void whoIsInterruptedStopsAndLeavesNothing(Step step) {
        PackageId old = tool("1.0");
        PackageId fresh = tool("2.0");
        bench.realize(EnvStrategy.COPY, 1, old);
        Environments stopped = bench.environments(Duration.ofSeconds(1), reached -> {
            if (reached == step) {
                Thread.currentThread().interrupt();
            }
        });
        boolean published = step.compareTo(Step.PUBLISHED) >= 0;
        for (EnvStrategy strategy : EnvStrategy.values()) {
            int before = bench.current();
            ErrorCode code = codeOf(() -> stopped.realize(bench.lease, DEV, Workbench.request(strategy, 2, fresh)));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(code).isEqualTo(published ? null : ErrorCode.INTERRUPTED);
            assertThat(bench.current()).isEqualTo(published ? before + 1 : before);
        }
        assertThat(bench.generations()).hasSize(published ? 3 : 1);
        assertThat(bench.orphans()).isEmpty();
        assertThat(folder.resolve("pool/staging")).isEmptyDirectory();
    }

    private static @Nullable ErrorCode codeOf(Runnable work) {
        try {
            work.run();
            return null;
        } catch (AxiomException failure) {
            return failure.code();
        }
    }
}
