package dev.axiom.zfs;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

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
        calls.computeIfAbsent(call, name -> registry.timer("axiom.zfs.call", "call", name))
                .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }

    /** Notes a wait for the mutex. */
    void waited(long start) {
        mutex.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
    }
}
