package dev.axiom.gc;

import dev.axiom.core.model.Uptime;
import dev.axiom.core.os.Posix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** What a machine says of the time: by its clock, which can be set, and since its start, which cannot. */
public interface Timepiece {

    /** What the clock says. */
    Instant instant();

    /** For how long the machine has been up; empty where the kernel does not say. */
    Optional<Uptime> uptime();

    /** This machine's uptime, beside a clock. */
    static Timepiece ofMachine(Clock clock) {
        return of(clock, Kernel::uptime);
    }

    /** A clock, and what tells the uptime. */
    static Timepiece of(Clock clock, Supplier<Optional<Uptime>> uptime) {
        return new Timepiece() {
            @Override
            public Instant instant() {
                return clock.instant();
            }

            @Override
            public Optional<Uptime> uptime() {
                return uptime.get();
            }
        };
    }

    /** What Linux says. */
    final class Kernel {
        private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

        private Kernel() {}

        private static Optional<Uptime> uptime() {
            try {
                return Optional.of(new Uptime(Files.readString(BOOT).strip(), Posix.sinceBoot()));
            } catch (IOException unknown) {
                return Optional.empty(); // where /proc is not mounted, or in some passing trouble; see CountedTime
            }
        }
    }
}
