package dev.axiom.gc.schedule;

import dev.axiom.core.model.Uptime;
import dev.axiom.gc.Timepiece;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** A clock that goes on by a second whenever it is asked, so that no two times are the same. */
final class Ticking extends Clock implements Timepiece {
    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

    private Instant now = START;

    @Override
    public synchronized Instant instant() {
        now = now.plusSeconds(1);
        return now;
    }

    /** The time, without any passing. */
    synchronized Instant look() {
        return now;
    }

    synchronized void set(Instant time) {
        now = time;
    }

    synchronized void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public synchronized Optional<Uptime> uptime() {
        return Optional.of(new Uptime("boot", Duration.between(START, now)));
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
