package dev.axiom.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.testing.Race;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** One libzfs handle behind one mutex, and no mutex at all around libzfs_core. */
class ThreadSafeZfsTest {
    private static final int THREADS = 16;
    private static final Pointer SOMETHING = Pointer.wrap(Runtime.getSystemRuntime(), 0x1000);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    /** Libraries made of Java. */
    private ThreadSafeZfs zfs(InvocationHandler libzfs, InvocationHandler core, Duration patience) {
        return zfs(libzfs, core, patience, new NativeTimers(meters));
    }

    private static ThreadSafeZfs zfs(
            InvocationHandler libzfs, InvocationHandler core, Duration patience, NativeTimers timers) {
        ZfsLibraries libraries = new ZfsLibraries(
                fake(Native.LibZfs.class, libzfs),
                fake(Native.LibZfsCore.class, core),
                fake(Native.LibNvpair.class, (proxy, method, arguments) -> 0),
                Optional.empty(),
                new ZfsVersion(2, 1));
        return ThreadSafeZfs.open(libraries, timers, patience);
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object succeed(Object proxy, java.lang.reflect.Method method, Object[] arguments) {
        return method.getReturnType() == Pointer.class ? SOMETHING : method.getReturnType() == String.class ? "x" : 0;
    }

    @Test
    void whereThereIsNoZfsEveryThreadGetsTheSameErrorAtOnce() {
        assumeFalse(Files.exists(Path.of("/dev/zfs")), "this machine has ZFS");
        assertTimeout(
                Duration.ofSeconds(5),
                () -> Race.run(64, number -> assertThatExceptionOfType(ZfsUnavailableException.class)
                        .isThrownBy(ThreadSafeZfs::instance)
                        .satisfies(e -> assertThat(e.hint()).isNotBlank())));
    }

    @Test
    void theHandleSeesOneThreadAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger opened = new AtomicInteger();
        ThreadSafeZfs zfs = zfs(
                (proxy, method, arguments) -> {
                    if (method.getName().equals("zfs_open")) {
                        assertThat(inside.incrementAndGet()).isEqualTo(1);
                        opened.incrementAndGet();
                        return null;
                    }
                    if (method.getName().equals("libzfs_errno")) {
                        inside.decrementAndGet(); // the error is read before anybody else comes in
                        return 2009;
                    }
                    return succeed(proxy, method, arguments);
                },
                ThreadSafeZfsTest::succeed,
                Duration.ofSeconds(60));
        Race.run(THREADS, number -> {
            for (int i = 0; i < 200; i++) {
                assertThat(zfs.read("tank/x", ThreadSafeZfs.FILESYSTEM)).isEmpty();
            }
        });
        assertThat(opened).hasValue(THREADS * 200);
        assertThat(meters.get("axiom.zfs.call").tag("call", "zfs_open").timer().count())
                .isEqualTo(THREADS * 200);
        assertThat(meters.get("axiom.zfs.mutex.wait").timer().count()).isEqualTo(THREADS * 200);
    }

    @Test
    void changesAreMadeTogether() throws Exception {
        CyclicBarrier together = new CyclicBarrier(THREADS); // nobody gets through unless all are inside at once
        ThreadSafeZfs zfs = zfs(
                ThreadSafeZfsTest::succeed,
                (proxy, method, arguments) -> {
                    if (method.getName().equals("lzc_rename")) {
                        together.await(60, TimeUnit.SECONDS);
                    }
                    return 0;
                },
                Duration.ofSeconds(60));
        Race.run(THREADS, number -> zfs.core().rename("tank/x", "tank/y"));
        assertThat(meters.get("axiom.zfs.call")
                        .tag("call", "lzc_rename")
                        .timer()
                        .count())
                .isEqualTo(THREADS);
    }

    @Test
    void aCallThatIsStuckIsNamedAndWedgesNoChange() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        ThreadSafeZfs zfs = zfs(
                (proxy, method, arguments) -> {
                    if (method.getName().equals("zfs_name_valid")) {
                        inside.countDown();
                        end.await();
                    }
                    return succeed(proxy, method, arguments);
                },
                ThreadSafeZfsTest::succeed,
                Duration.ofMillis(50));
        Thread stuck = new Thread(() -> zfs.isValidName("tank"));
        stuck.start();
        try {
            inside.await();
            assertThatExceptionOfType(AxiomException.class)
                    .isThrownBy(() -> zfs.read("tank/x", ThreadSafeZfs.FILESYSTEM))
                    .withMessageContainingAll("zfs_open", "zfs_name_valid")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                    .satisfies(e -> assertThat(e.hint()).contains("zpool status"));
            zfs.core().rename("tank/x", "tank/y");
        } finally {
            end.countDown();
            stuck.join();
        }
        assertThat(zfs.isValidName("tank")).isFalse();
    }

    @Test
    void anInterruptWaitsForItsTurn() {
        ThreadSafeZfs zfs = zfs(ThreadSafeZfsTest::succeed, ThreadSafeZfsTest::succeed, Duration.ofSeconds(60));
        Thread.currentThread().interrupt();
        assertThat(zfs.isValidName("tank")).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whatWouldEndTheProcessNeverReachesC() {
        AtomicInteger calls = new AtomicInteger();
        ThreadSafeZfs zfs = zfs(
                ThreadSafeZfsTest::succeed,
                (proxy, method, arguments) -> method.getName().startsWith("lzc") ? calls.incrementAndGet() : 0,
                Duration.ofSeconds(60));
        for (String wrong : new String[] {"", "a\0b"}) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> zfs.core().rename("tank/x", wrong));
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> zfs.core().create(wrong, Map.of()));
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> zfs.core().destroy(wrong));
        }
        assertThat(calls).hasValue(0);
    }

    /** Registries are made by others. */
    @Test
    void aMeterThatThrowsChangesNoResultAndLeavesNothingLocked() throws Exception {
        SimpleMeterRegistry broken = new SimpleMeterRegistry() {
            @Override
            protected Timer newTimer(Meter.Id id, DistributionStatisticConfig configuration, PauseDetector pauses) {
                return new CumulativeTimer(id, clock, configuration, pauses, TimeUnit.SECONDS) {
                    @Override
                    protected void recordNonNegative(long amount, TimeUnit unit) {
                        throw new IllegalStateException("no place for a measurement");
                    }
                };
            }
        };
        ThreadSafeZfs zfs = zfs(
                ThreadSafeZfsTest::succeed,
                ThreadSafeZfsTest::succeed,
                Duration.ofSeconds(10),
                new NativeTimers(broken));
        assertThat(zfs.isValidName("tank")).isFalse();
        zfs.core().rename("tank/x", "tank/y");
        Thread other = new Thread(() -> zfs.isValidName("tank"));
        other.start();
        other.join(5_000);
        assertThat(other.isAlive()).as("waiting for the mutex").isFalse();
    }

    @Test
    void everyHandleThatAListingGivesIsClosed() {
        Pointer child = Pointer.wrap(Runtime.getSystemRuntime(), 0x2000);
        List<Object> closed = new ArrayList<>();
        ThreadSafeZfs zfs = zfs(
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "zfs_iter_filesystems" -> ((Native.LibZfs.Visitor) arguments[1]).visit(child, SOMETHING);
                    case "zfs_get_name" -> throw new IllegalStateException("no name");
                    case "zfs_close" -> {
                        closed.add(arguments[0]);
                        yield null;
                    }
                    default -> succeed(proxy, method, arguments);
                },
                ThreadSafeZfsTest::succeed,
                Duration.ofSeconds(60));
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> zfs.children("tank"));
        assertThat(closed).containsExactly(child, SOMETHING);
    }

    /** libzfs believes the length in a token, and writes through the pointer that it did not get. */
    @Test
    void whatIsNoTokenNeverReachesC() {
        AtomicInteger calls = new AtomicInteger();
        ThreadSafeZfs zfs = zfs(
                (proxy, method, arguments) -> {
                    if (method.getName().equals("zfs_send_resume_token_to_nvlist")) {
                        calls.incrementAndGet();
                        return null;
                    }
                    return succeed(proxy, method, arguments);
                },
                ThreadSafeZfsTest::succeed,
                Duration.ofSeconds(60));
        for (String wrong : List.of(
                "",
                "1-2-3",
                "1-ab-ffffffffffffffff-78",
                "1-ab-100000-78",
                "1-ab-e0-789",
                "1-ab-e0-",
                "2-ab-e0-78",
                "1-ab-e0-78\0",
                "1-ab-e0-78\n",
                "1-AB-e0-78",
                "1-ab-e0-" + "78".repeat(10_000))) {
            assertThat(zfs.resumeToken(wrong)).as(wrong).isEmpty();
        }
        assertThat(calls).hasValue(0);
        assertThat(zfs.resumeToken("1-bf31b879a-b8-789c636064000310a5")).isEmpty();
        assertThat(zfs.resumeToken("1-bf31b879a-fffff-" + "78".repeat(8_000))).isEmpty();
        assertThat(calls).hasValue(2);
    }

    @Test
    void aNulNeverReachesTheHandle() {
        AtomicInteger opened = new AtomicInteger();
        ThreadSafeZfs zfs = zfs(
                (proxy, method, arguments) -> {
                    if (method.getName().equals("zfs_open")) {
                        opened.incrementAndGet();
                    }
                    return succeed(proxy, method, arguments);
                },
                ThreadSafeZfsTest::succeed,
                Duration.ofSeconds(60));
        int type = ThreadSafeZfs.FILESYSTEM;
        List<ThrowingCallable> calls = List.of(
                () -> zfs.read("a\0b", type),
                () -> zfs.properties("a\0b", type),
                () -> zfs.children("a\0b"),
                () -> zfs.set("a\0b", type, "axiom:x", "y"),
                () -> zfs.set("a", type, "axiom:\0x", "y"),
                () -> zfs.set("a", type, "axiom:x", "y\0"),
                () -> zfs.unset("a", type, "axiom:x\0"),
                () -> zfs.isValidName("a\0b"));
        for (ThrowingCallable call : calls) {
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(call);
        }
        assertThat(opened).hasValue(0);
    }
}
