package dev.axiom.gc;

import dev.axiom.core.model.Uptime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** A machine's clock that stands until time passes or somebody sets it, beside the machine's uptime. */
final class TestClock extends Clock implements Timepiece {
    private Instant now;
    private Duration uptime = Duration.ofMinutes(10);
    private int boot = 1;
    private boolean silent;

    TestClock(Instant now) {
        this.now = now;
    }

    /** Time passes; with a negative one the clock is set back, and none does. */
    synchronized void advance(Duration by) {
        now = now.plus(by);
        uptime = by.isNegative() ? uptime : uptime.plus(by);
    }

    /** Somebody sets the clock; no time passes. */
    synchronized void leap(Duration by) {
        now = now.plus(by);
    }

    /** The machine is started anew, after it was off for so long by the clock, and has been up for a minute. */
    synchronized void restart(Duration off) {
        now = now.plus(off).plusSeconds(60);
        uptime = Duration.ofSeconds(60);
        boot++;
    }

    /** From here on the kernel does not say for how long the machine has been up, or does so again. */
    synchronized void silence(boolean on) {
        silent = on;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized Optional<Uptime> uptime() {
        return silent ? Optional.empty() : Optional.of(new Uptime("boot-" + boot, uptime));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
    }
}
