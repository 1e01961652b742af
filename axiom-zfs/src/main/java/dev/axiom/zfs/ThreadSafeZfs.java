package dev.axiom.zfs;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.zfs.Native.LibZfs;
import dev.axiom.zfs.Native.LibZfsIteration;
import dev.axiom.zfs.ZfsUnavailableException.Missing;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import jnr.ffi.LastError;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

/**
 * The process's one use of libzfs. libzfs keeps errors, pools and listings in its handle without a lock, so one fair
 * mutex covers every call that touches the handle, and the reading of its error with it. What changes datasets goes
 * through {@link #core()}, which needs no mutex and takes none. The handle is never given back: the libraries live as
 * long as the process.
 */
final class ThreadSafeZfs {
    static final int FILESYSTEM = 1; // zfs_type_t
    static final int SNAPSHOT = 2;

    /** The source of a property that a stream brought (ZPROP_SOURCE_VAL_RECVD). */
    private static final String RECEIVED = "$recvd";

    private static final int NO_SUCH_DATASET = 2009; // EZFS_NOENT
    private static final int INVALID_NAME = 2013; // EZFS_INVALIDNAME

    /** Calls take milliseconds; one that does not come back is stuck in a pool that lost its disks. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Pattern TOKEN = Pattern.compile("1-[0-9a-f]{1,16}-[0-9a-f]{1,5}-(?:[0-9a-f]{2})+");
    private static final int LONGEST_TOKEN = 16_384; // characters; a real one has some hundred

    private final ZfsLibraries libraries;
    private final Pointer handle;
    private final NativeTimers timers;
    private final Duration patience;
    private final ZfsCore core;
    private final int used;
    private final int referenced;
    private final ReentrantLock mutex = new ReentrantLock(true);
    private final LibZfs.Visitor visitor = this::visit;
    private final List<String> visited = new ArrayList<>(); // guarded by the mutex, as is what follows
    private @Nullable Throwable visitFailure;
    private volatile String running = "";

    /** Opened by the class loader, once, whoever comes first; a failure is kept and thrown again. */
    private static final class Holder {
        private static final Attempt ATTEMPT = Attempt.make();
    }

    private record Attempt(@Nullable ThreadSafeZfs zfs, @Nullable ZfsUnavailableException failure) {
        private static Attempt make() {
            try {
                ZfsLibraries libraries = ZfsLibraries.load(ZfsLibraries.Places.usual());
                return new Attempt(open(libraries, new NativeTimers(Metrics.globalRegistry), PATIENCE), null);
            } catch (ZfsUnavailableException e) {
                return new Attempt(null, e);
            }
        }
    }

    /** @throws ZfsUnavailableException if ZFS cannot be used here, at every call */
    static ThreadSafeZfs instance() {
        Attempt attempt = Holder.ATTEMPT;
        if (attempt.failure() != null) {
            throw attempt.failure().again();
        }
        return Objects.requireNonNull(attempt.zfs());
    }

    /** For the singleton, and tests. The reference on libzfs_core is never given back: without one its calls abort. */
    static ThreadSafeZfs open(ZfsLibraries libraries, NativeTimers timers, Duration patience) {
        int error = libraries.core().libzfs_core_init();
        long start = System.nanoTime();
        Pointer handle = error == 0 ? libraries.zfs().libzfs_init() : null;
        timers.called("libzfs_init", start);
        if (handle == null) {
            int errno = error != 0 ? error : LastError.getLastError(Runtime.getSystemRuntime());
            throw new ZfsUnavailableException(
                    Missing.DEVICE,
                    "libzfs does not start: " + libraries.zfs().libzfs_error_init(errno),
                    "zfs version; the libraries and the kernel's module must be of one release");
        }
        return new ThreadSafeZfs(libraries, handle, timers, patience);
    }

    private ThreadSafeZfs(ZfsLibraries libraries, Pointer handle, NativeTimers timers, Duration patience) {
        this.libraries = libraries;
        this.handle = handle;
        this.timers = timers;
        this.patience = patience;
        this.core = new ZfsCore(libraries.core(), libraries.nvpair(), timers);
        this.used = property("used");
        this.referenced = property("referenced");
    }

    /** What changes datasets, without a lock. */
    ZfsCore core() {
        return core;
    }

    /** The release line of the libraries. */
    ZfsVersion version() {
        return libraries.version();
    }

    /**
     * What a dataset says of itself.
     *
     * @param used bytes, with those of its snapshots
     * @param referenced bytes that can be reached through it
     * @param own user properties set on itself, or received with it
     * @param inherited other user properties; a snapshot has those of its file system
     */
    record Facts(long used, long referenced, Map<String, String> own, Map<String, String> inherited) {}

    /** Reads a file system or snapshot; empty if there is none of this name. */
    Optional<Facts> read(String name, int type) {
        return ask("zfs_open", name, type, dataset -> {
            Map<String, String> own = new HashMap<>();
            Map<String, String> inherited = new HashMap<>();
            userProperties(
                    dataset,
                    (property, value, source) ->
                            (source.equals(name) || source.equals(RECEIVED) ? own : inherited).put(property, value));
            return new Facts(number(dataset, used), number(dataset, referenced), own, inherited);
        });
    }

    /** Asks a dataset; empty if there is none of this name. Locking: the mutex, from its opening to its closing. */
    private <T> Optional<T> ask(String call, String name, int type, Function<Pointer, T> question) {
        return opened(call, name, type, question.andThen(Optional::of), () -> {
            throwUnlessAbsent(name);
            return Optional.empty();
        });
    }

    private <T> T opened(String call, String name, int type, Function<Pointer, T> work, Supplier<T> unopened) {
        return locked(call, () -> {
            Pointer dataset = libraries.zfs().zfs_open(handle, ZfsCore.text(name), type);
            if (dataset == null) {
                return unopened.get();
            }
            try {
                return work.apply(dataset);
            } finally {
                libraries.zfs().zfs_close(dataset);
            }
        });
    }

    private long number(Pointer dataset, int property) {
        return libraries.zfs().zfs_prop_get_int(dataset, property);
    }

    /** Linux hides properties that the module does not list; asking for one by a wrong number reads garbage. */
    private int property(String name) {
        int id = libraries.zfs().zfs_name_to_prop(name);
        if (id < 0) {
            throw new ZfsUnavailableException(
                    Missing.VERSION, "this ZFS has no property '" + name + "'", "use OpenZFS 2.1 or later");
        }
        return id;
    }

    /** All properties of a file system or snapshot, by their names in zfsprops(7); empty if there is none of this name. */
    Optional<Map<String, Object>> properties(String name, int type) {
        return ask(
                "zfs_get_all_props",
                name,
                type,
                dataset -> values(libraries.zfs().zfs_get_all_props(dataset)));
    }

    /**
     * How many bytes were written to a file system since one of its snapshots, as far as they are on disk (zfsprops(7),
     * {@code written@}).
     *
     * @param snapshot the whole name
     * @throws AxiomException {@code UNAVAILABLE} if that cannot be told
     */
    long writtenSince(String snapshot) {
        int at = snapshot.indexOf('@');
        return ask("zfs_prop_get_written_int", snapshot.substring(0, at), FILESYSTEM, dataset -> {
                    Pointer bytes = Memory.allocateDirect(Runtime.getSystemRuntime(), Long.BYTES);
                    String property = "written" + snapshot.substring(at);
                    if (libraries.zfs().zfs_prop_get_written_int(dataset, property, bytes) != 0) {
                        throw unknown(snapshot);
                    }
                    return bytes.getLong(0);
                })
                .orElseThrow(() -> unknown(snapshot));
    }

    private static AxiomException unknown(String snapshot) {
        return new AxiomException(
                ErrorCode.UNAVAILABLE,
                "ZFS does not tell how much was written since " + snapshot,
                "zfs list -t all " + snapshot,
                null);
    }

    private Map<String, Object> values(@Nullable Pointer list) {
        Map<String, Object> values = new HashMap<>();
        if (list != null) {
            try (NvList properties = NvList.borrow(libraries.nvpair(), list)) {
                properties.toMap().forEach((name, entry) -> {
                    if (entry instanceof Map<?, ?> pair && pair.get("value") != null) {
                        values.put(name, pair.get("value"));
                    }
                });
            }
        }
        return values;
    }

    /**
     * What a {@code receive_resume_token} says (zfs-send(8)); empty if it is none. libzfs allocates as many bytes as the token's
     * third part says without a look at the result, so that part is short here: the kernel's own say less than a thousand.
     */
    Optional<Map<String, Object>> resumeToken(String token) {
        if (token.length() > LONGEST_TOKEN || !TOKEN.matcher(token).matches()) {
            return Optional.empty();
        }
        return locked("zfs_send_resume_token_to_nvlist", () -> {
            Pointer list = libraries.zfs().zfs_send_resume_token_to_nvlist(handle, token);
            if (list == null) {
                return Optional.empty();
            }
            try (NvList said = NvList.adopt(libraries.nvpair(), list)) {
                return Optional.of(said.toMap());
            }
        });
    }

    private interface UserProperty {
        void is(String property, String value, String source);
    }

    /** The list belongs to the handle, so all is copied. */
    private void userProperties(Pointer dataset, UserProperty each) {
        Pointer list = libraries.zfs().zfs_get_user_props(dataset);
        if (list != null) {
            try (NvList properties = NvList.borrow(libraries.nvpair(), list)) {
                properties.toMap().forEach((property, entry) -> {
                    if (entry instanceof Map<?, ?> pair) {
                        each.is(property, String.valueOf(pair.get("value")), String.valueOf(pair.get("source")));
                    }
                });
            }
        }
    }

    /** The whole names of the file systems directly below one; empty if it does not exist. */
    List<String> children(String parent) {
        return ask("zfs_iter_filesystems", parent, FILESYSTEM, dataset -> iterate(dataset, parent))
                .orElse(List.of());
    }

    private List<String> iterate(Pointer dataset, String parent) {
        visited.clear();
        visitFailure = null;
        int result = libraries.iteration().isPresent()
                ? libraries.iteration().get().zfs_iter_filesystems_v2(dataset, LibZfsIteration.SIMPLE, visitor, null)
                : libraries.zfs().zfs_iter_filesystems(dataset, visitor, null);
        if (visitFailure != null) {
            throw new IllegalStateException("listing " + parent, visitFailure);
        }
        if (result != 0) {
            throw failure(parent);
        }
        return List.copyOf(visited);
    }

    /** Owns the handle it is given. What it throws would be swallowed on the way through C. */
    private int visit(Pointer dataset, @Nullable Pointer cookie) {
        try {
            try {
                visited.add(libraries.zfs().zfs_get_name(dataset));
            } finally {
                libraries.zfs().zfs_close(dataset);
            }
            return 0;
        } catch (Throwable e) {
            visitFailure = e;
            return 1;
        }
    }

    /** Sets a user property of a file system or snapshot. One transaction. */
    void set(String name, int type, String property, String value) {
        ZfsCore.text(property);
        NvList.text(value);
        change(name, type, "zfs_prop_set", dataset -> libraries.zfs().zfs_prop_set(dataset, property, value));
    }

    /** Takes a user property away; one that is not there is fine. */
    void unset(String name, int type, String property) {
        ZfsCore.text(property);
        change(name, type, "zfs_prop_inherit", dataset -> libraries.zfs().zfs_prop_inherit(dataset, property, 0));
    }

    private void change(String name, int type, String call, ToIntFunction<Pointer> work) {
        opened(
                call,
                name,
                type,
                dataset -> {
                    if (work.applyAsInt(dataset) != 0) {
                        throw failure(name);
                    }
                    return 0;
                },
                () -> {
                    throw failure(name);
                });
    }

    /** Whether ZFS allows a name for a file system. */
    boolean isValidName(String name) {
        return locked("zfs_name_valid", () -> libraries.zfs().zfs_name_valid(NvList.text(name), FILESYSTEM) != 0);
    }

    private void throwUnlessAbsent(String name) {
        if (libraries.zfs().libzfs_errno(handle) != NO_SUCH_DATASET) {
            throw failure(name);
        }
    }

    /** Locking: the mutex, since the call that failed. */
    private AxiomException failure(String name) {
        int code = libraries.zfs().libzfs_errno(handle);
        String text = libraries.zfs().libzfs_error_action(handle) + ": "
                + libraries.zfs().libzfs_error_description(handle);
        ErrorCode kind =
                switch (code) {
                    case NO_SUCH_DATASET -> ErrorCode.NOT_FOUND;
                    case INVALID_NAME -> ErrorCode.INVALID;
                    default -> ErrorCode.UNAVAILABLE;
                };
        return new AxiomException(kind, name + ": " + text, null, null);
    }

    /** @throws AxiomException {@code UNAVAILABLE} if the handle is not free in time; names the call that has it */
    private <T> T locked(String call, Supplier<T> work) {
        lock(call);
        long start = System.nanoTime();
        running = call;
        try {
            return work.get();
        } finally {
            running = "";
            mutex.unlock();
            timers.called(call, start);
        }
    }

    /** An interrupt is kept for later: a call is short, and half a command is worse than a moment's wait. */
    private void lock(String call) {
        long start = System.nanoTime();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    long left = patience.toNanos() - (System.nanoTime() - start);
                    if (!mutex.tryLock(left, TimeUnit.NANOSECONDS)) {
                        throw stuck(call);
                    }
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            timers.waited(start);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private AxiomException stuck(String call) {
        String holder = running.isEmpty() ? "another call" : running;
        return new AxiomException(
                ErrorCode.UNAVAILABLE,
                call + ": " + holder + " has not come back from ZFS for " + patience.toSeconds() + " s",
                "zpool status: a pool may be suspended",
                null);
    }
}
