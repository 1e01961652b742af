package dev.axiom.core.model;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The config file. What is null is not said there, and a file of lower rank or the built-in default decides.
 *
 * @param pool {@code dir:PATH}, the path being absolute, or {@code zfs:DATASET}
 * @param jobs how many pieces of work go on at once
 * @param lockTimeout how long to wait for a lock that somebody else holds
 */
public record Settings(@Nullable String pool, @Nullable Integer jobs, @Nullable Duration lockTimeout, Gc gc) {
    /** The most jobs that may be asked for. */
    public static final int MAX_JOBS = 1024;

    private static final String DIRECTORY = "dir:";

    /** Nothing is said. */
    public static final Settings NONE = new Settings(null, null, null, Gc.NONE);

    /**
     * The collector's part, {@code gc} in the file.
     *
     * @param grace how long a package stays after it was first found dead
     * @param keepGenerations how many generations of a profile or environment stay roots, the newest first
     * @param keepAge generations younger than this stay roots
     * @param maxFreed one collection stops when it has freed so much
     * @param lockFile where the lock lies that keeps collections apart
     * @param every from the start of one of the daemon's collections to the start of the next; at least
     *     {@link #SHORTEST_EVERY}
     */
    public record Gc(
            @Nullable Duration grace,
            @Nullable Integer keepGenerations,
            @Nullable Duration keepAge,
            @Nullable ByteSize maxFreed,
            @Nullable String lockFile,
            @Nullable Duration every) {
        /** A daemon that collects more often than this does little else. */
        public static final Duration SHORTEST_EVERY = Duration.ofSeconds(1);

        /** Nothing is said. */
        public static final Gc NONE = new Gc(null, null, null, null, null, null);

        /**
         * Checks the lock file's path, the number of generations and the interval.
         *
         * @throws AxiomException {@code INVALID} if the path is not absolute, the number is negative or the interval too
         *     short
         */
        public Gc {
            if (lockFile != null) {
                requireLockFile(lockFile);
            }
            if (keepGenerations != null) {
                Texts.requireAtLeast("keep-generations", keepGenerations, 0);
            }
            if (every != null) {
                requireEvery(every);
            }
        }

        /**
         * Gives back the lock file's path.
         *
         * @throws AxiomException {@code INVALID} if it is not absolute, or no text of one line
         */
        public static String requireLockFile(String lockFile) {
            if (!lockFile.startsWith("/")) {
                throw Texts.invalid("the lock file must be an absolute path");
            }
            return Texts.requireLine("the lock file", lockFile);
        }

        /**
         * Gives back the daemon's interval.
         *
         * @throws AxiomException {@code INVALID} if it is shorter than {@link #SHORTEST_EVERY}
         */
        public static Duration requireEvery(Duration every) {
            if (every.compareTo(SHORTEST_EVERY) < 0) {
                throw Texts.invalid("the time from collection to collection must be " + Durations.format(SHORTEST_EVERY)
                        + " or more, not " + Durations.format(every));
            }
            return every;
        }

        private Gc over(Gc lower) {
            return new Gc(
                    first(grace, lower.grace),
                    first(keepGenerations, lower.keepGenerations),
                    first(keepAge, lower.keepAge),
                    first(maxFreed, lower.maxFreed),
                    first(lockFile, lower.lockFile),
                    first(every, lower.every));
        }
    }

    /**
     * Checks the pool's kind and the number of jobs.
     *
     * @throws AxiomException {@code INVALID} as {@link #requireFixedPool}, or if the number is not from 1 to
     *     {@link #MAX_JOBS}
     */
    public Settings {
        if (pool != null) {
            requireFixedPool(pool);
        }
        if (jobs != null && (jobs < 1 || jobs > MAX_JOBS)) {
            throw Texts.invalid("jobs must be from 1 to " + MAX_JOBS + ", not " + jobs);
        }
    }

    /**
     * Gives back a pool's address.
     *
     * @throws AxiomException {@code INVALID} if it is of no known kind, or no text of one line, or its path begins with
     *     a tilde: behind {@code dir:} shells leave that as it is, and nobody wants a folder of that name
     */
    public static String requirePool(String pool) {
        boolean known = pool.startsWith(DIRECTORY) || pool.startsWith("zfs:");
        if (!known || pool.length() == 4) {
            throw Texts.invalid("the pool must be dir:PATH or zfs:DATASET");
        }
        if (pool.startsWith(DIRECTORY + "~")) {
            throw new AxiomException(
                    ErrorCode.INVALID,
                    "the pool's path begins with '~', which stands for no home behind dir:",
                    "write the whole path, or in a shell \"dir:$HOME/...\"",
                    null);
        }
        return Texts.requireLine("the pool", pool);
    }

    /**
     * Gives back a pool's address that a file has, which must mean the same pool in every working directory.
     *
     * @throws AxiomException {@code INVALID} as {@link #requirePool}, or if its path is not absolute
     */
    public static String requireFixedPool(String pool) {
        requirePool(pool);
        if (pool.startsWith(DIRECTORY) && !pool.startsWith(DIRECTORY + "/")) {
            throw Texts.invalid("the pool's path must be absolute, as in dir:/srv/axiom");
        }
        return pool;
    }

    /** These settings, and where they say nothing those of a file of lower rank. */
    public Settings over(Settings lower) {
        return new Settings(
                first(pool, lower.pool),
                first(jobs, lower.jobs),
                first(lockTimeout, lower.lockTimeout),
                gc.over(lower.gc));
    }

    private static <T> @Nullable T first(@Nullable T higher, @Nullable T lower) {
        return higher != null ? higher : lower;
    }
}
