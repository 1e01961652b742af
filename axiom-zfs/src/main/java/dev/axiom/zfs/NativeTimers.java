package dev.axiom.zfs;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * How long calls take: {@code axiom.zfs.call} with the tag {@code call}, the C function, and
 * {@code axiom.zfs.mutex.wait} for the time that a thread waits for the libzfs handle.
 */
final class NativeTimers {
    private final MeterRegistry registry;
    private final Timer mutex;
    private final Map<String, Timer> calls = new ConcurrentHashMap<>();

    NativeTimers(MeterRegistry registry) {
        this.registry = registry;
        this.mutex = registry.timer("axiom.zfs.mutex.wait");
    }

    /** Makes a call that returns a number, and notes its time, whatever it returns. */
    int time(String call, IntSupplier work) {
        long start = System.nanoTime();
        try {
            return work.getAsInt();
        } finally {
            called(call, start);
        }
    }

    /** Notes a call that began at {@code start}, as {@link System#nanoTime} told. */
    void called(String call, long start) {
        note(() -> calls.computeIfAbsent(call, name -> registry.timer("axiom.zfs.call", "call", name)), start);
    }

    /** Notes a wait for the mutex. */
    void waited(long start) {
        note(() -> mutex, start);
    }

    /** Others make registries. What one throws must not make a call fail that was done, nor hide why one failed. */
    private static void note(Supplier<Timer> timer, long start) {
        try {
            timer.get().record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        } catch (RuntimeException lost) {
            // one measurement less
        }
    }
}
