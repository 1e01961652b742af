package dev.axiom.zfs;

import dev.axiom.zfs.Native.LibNvpair;
import dev.axiom.zfs.Native.LibZfsCore;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import jnr.constants.platform.Errno;
import jnr.ffi.Pointer;
import jnr.ffi.byref.PointerByReference;
import org.jspecify.annotations.Nullable;

/**
 * libzfs_core for Java: all that changes datasets. Any number of threads call it at once and share transactions, so
 * there is no lock here and must be none around it. A change is durable when its call returns. Names are whole:
 * {@code tank/axiom/store/x}. Every method throws {@link ZfsException} unless it says otherwise.
 */
final class ZfsCore {
    private static final int FILESYSTEM = 2; // enum lzc_dataset_type
    private static final int NO_FD = -1;
    private static final int AS_IT_IS = 1 | 2 | 4; // enum lzc_send_flags: EMBED_DATA, LARGE_BLOCK, COMPRESS
    private static final long INSTRUCTIONS = 100_000_000; // the most that ZFS allows
    private static final long MEMORY = 16 << 20; // bytes; libzfs_core reserves as much for the result

    /** Of a program that signals cut off. */
    static final int TRIES = 10;

    private final LibZfsCore lib;
    private final LibNvpair nvpair;
    private final NativeTimers timers;
    private volatile boolean programs = true;

    /** @param lib initialized, and never ended */
    ZfsCore(LibZfsCore lib, LibNvpair nvpair, NativeTimers timers) {
        this.lib = lib;
        this.nvpair = nvpair;
        this.timers = timers;
    }

    NativeTimers timers() {
        return timers;
    }

    NvList newList() {
        return NvList.empty(nvpair);
    }

    /** Whether there is a dataset or snapshot of this name; false as well if the pool is not there. */
    boolean exists(String dataset) {
        return timers.time("lzc_exists", () -> lib.lzc_exists(text(dataset))) != 0;
    }

    /** Makes a file system. One transaction without properties; with some it is two, and not atomic. */
    void create(String filesystem, Map<String, Object> properties) {
        try (NvList list = newList()) {
            properties.forEach((name, value) -> {
                if (value instanceof Long number) {
                    list.put(name, number);
                } else {
                    list.put(name, String.valueOf(value));
                }
            });
            Pointer pointer = properties.isEmpty() ? null : list.pointer();
            check(
                    ZfsOperation.CREATE,
                    filesystem,
                    timers.time("lzc_create", () -> lib.lzc_create(text(filesystem), FILESYSTEM, pointer, null, 0)));
        }
    }

    /** Renames a file system; it stays mounted where it was. */
    void rename(String from, String to) {
        check(
                ZfsOperation.RENAME,
                from + " to " + to,
                timers.time("lzc_rename", () -> lib.lzc_rename(text(from), text(to))));
    }

    /** Destroys one file system or snapshot: EBUSY if it is held, mounted or has snapshots; EEXIST if it has others. */
    void destroy(String dataset) {
        check(ZfsOperation.DESTROY, dataset, timers.time("lzc_destroy", () -> lib.lzc_destroy(text(dataset))));
    }

    /**
     * Writes a snapshot as a stream, as its blocks lie on the disks: compressed ones, large ones and those within other blocks
     * stay so.
     *
     * @param fd of a pipe; blocks until all is written
     */
    void send(String snapshot, int fd) {
        check(
                ZfsOperation.SEND,
                snapshot,
                timers.time("lzc_send", () -> lib.lzc_send(text(snapshot), null, fd, AS_IT_IS)));
    }

    /** As {@link #send(String, int)}, from the place where a receiver stopped. */
    void send(String snapshot, int fd, long object, long offset) {
        check(
                ZfsOperation.SEND,
                snapshot,
                timers.time(
                        "lzc_send_resume",
                        () -> lib.lzc_send_resume(text(snapshot), null, fd, AS_IT_IS, object, offset)));
    }

    /** Makes a file system with this snapshot from a stream, or of a part of it one that a later stream completes. */
    void receive(String snapshot, int fd) {
        check(
                ZfsOperation.RECEIVE,
                snapshot,
                timers.time(
                        "lzc_receive_resumable",
                        () -> lib.lzc_receive_resumable(text(snapshot), null, null, 0, 0, fd)));
    }

    /** Takes a snapshot together with its properties, in one step. */
    void snapshot(String snapshot, Map<String, String> properties) {
        try (NvList snapshots = newList().flag(text(snapshot));
                NvList values = newList().putAll(properties)) {
            Result result =
                    call("lzc_snapshot", errors -> lib.lzc_snapshot(snapshots.pointer(), values.pointer(), errors));
            check(ZfsOperation.SNAPSHOT, snapshot, result.number());
        }
    }

    /**
     * Holds snapshots.
     *
     * @param cleanupFd the holds end when this opening of {@code /dev/zfs} does; empty for good
     * @return what went wrong, by snapshot; those that are missing do not keep the others from being held
     * @throws ZfsException EEXIST if one has the tag already; then none was held
     */
    Map<String, Errno> hold(Collection<String> snapshots, String tag, Optional<Integer> cleanupFd) {
        if (snapshots.isEmpty()) {
            return Map.of();
        }
        try (NvList holds = newList()) {
            snapshots.forEach(snapshot -> holds.put(text(snapshot), tag));
            Result result = call("lzc_hold", errors -> lib.lzc_hold(holds.pointer(), cleanupFd.orElse(NO_FD), errors));
            return result.orThrow(ZfsOperation.HOLD, some(snapshots));
        }
    }

    /** Takes a tag away; what is missing is returned, and keeps nothing else from being released. */
    Map<String, Errno> release(Collection<String> snapshots, String tag) {
        if (snapshots.isEmpty()) {
            return Map.of();
        }
        try (NvList holds = newList()) {
            snapshots.forEach(snapshot -> holds.put(text(snapshot), tags -> tags.flag(tag)));
            Result result = call("lzc_release", errors -> lib.lzc_release(holds.pointer(), errors));
            return result.orThrow(ZfsOperation.RELEASE, some(snapshots));
        }
    }

    /** The tags of a snapshot; empty if there is no such snapshot. */
    Optional<Set<String>> holds(String snapshot) {
        PointerByReference holds = new PointerByReference();
        int number = timers.time("lzc_get_holds", () -> lib.lzc_get_holds(text(snapshot), holds));
        try (NvList list = NvList.adopt(nvpair, holds.getValue())) {
            if (number == Errno.ENOENT.intValue()) {
                return Optional.empty();
            }
            check(ZfsOperation.LOOK, snapshot, number);
            return Optional.of(list.toMap().keySet());
        }
    }

    /**
     * Runs a channel program in one transaction; nothing comes between its steps, but what it did before an error stays.
     *
     * @param pool the first component of the datasets' names
     * @return what it returns, which must be a table
     * @throws ZfsException EPERM unless the user is root of the whole machine; EINTR if a signal cut it off, and it is
     *     not {@link ZfsProgram#isRepeatable} or was cut off again and again
     */
    Map<String, Object> run(String pool, ZfsProgram program, NvList arguments) {
        Result result = runOnce(pool, program, arguments);
        int tries = program.isRepeatable() ? TRIES : 1;
        for (int i = 1; i < tries && result.number() == Errno.EINTR.intValue(); i++) {
            result = runOnce(pool, program, arguments); // a signal came, such as that of a terminal's Ctrl-Z
        }
        if (result.number() != 0) {
            throw ZfsOperation.PROGRAM.failed(
                    pool, result.number(), String.valueOf(result.out().getOrDefault("error", "")));
        }
        return child(result.out(), "return");
    }

    private Result runOnce(String pool, ZfsProgram program, NvList arguments) {
        return call("lzc_channel_program", out -> {
            String text = program.text();
            return program.changes()
                    ? lib.lzc_channel_program(text(pool), text, INSTRUCTIONS, MEMORY, arguments.pointer(), out)
                    : lib.lzc_channel_program_nosync(text(pool), text, INSTRUCTIONS, MEMORY, arguments.pointer(), out);
        });
    }

    /** As {@link #run}; empty if this user may run no programs, which is remembered. */
    Optional<Map<String, Object>> runIfPermitted(String pool, ZfsProgram program, NvList arguments) {
        if (programs) {
            try {
                return Optional.of(run(pool, program, arguments));
            } catch (ZfsException e) {
                if (!e.is(Errno.EPERM)) {
                    throw e;
                }
                programs = false;
            }
        }
        return Optional.empty();
    }

    /** For tests of how it goes without. */
    void permitPrograms(boolean permitted) {
        programs = permitted;
    }

    @SuppressWarnings("unchecked") // NvList makes no other maps
    static Map<String, Object> child(Map<String, Object> map, String name) {
        return map.get(name) instanceof Map<?, ?> child ? (Map<String, Object>) child : Map.of();
    }

    /** What a call gave: its number and its list, copied; of that what are numbers of errors. */
    private record Result(int number, Map<String, Object> out, Map<String, Errno> errors) {
        /** A missing one alone makes some calls return ENOENT, where beside others it is only listed. */
        Map<String, Errno> orThrow(ZfsOperation operation, String subject) {
            boolean listed = !errors.isEmpty() && errors.values().stream().allMatch(Result::isAbsence);
            if (number != 0 && !listed) {
                throw operation.failed(subject, number);
            }
            return errors;
        }

        private static boolean isAbsence(Errno errno) {
            return errno == Errno.ENOENT || errno == Errno.ESRCH;
        }
    }

    private Result call(String name, Function<PointerByReference, Integer> work) {
        PointerByReference out = new PointerByReference();
        int number = timers.time(name, () -> work.apply(out));
        try (NvList list = NvList.adopt(nvpair, out.getValue())) {
            return new Result(number, list.toMap(), list.errors());
        }
    }

    private static void check(ZfsOperation operation, String subject, int number) {
        if (number != 0) {
            throw operation.failed(subject, number);
        }
    }

    private static String some(Collection<String> names) {
        String first = names.iterator().next();
        return names.size() == 1 ? first : first + " and " + (names.size() - 1) + " more";
    }

    /** Null or a NUL inside would reach C. */
    static String text(@Nullable String text) {
        if (text == null || text.isEmpty() || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not a name: " + text);
        }
        return text;
    }
}
