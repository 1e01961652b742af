package dev.axiom.zfs;

import dev.axiom.core.os.Posix;
import dev.axiom.core.pool.Condemned;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.Destruction;
import dev.axiom.core.pool.Lease;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntSupplier;
import java.util.regex.Pattern;
import jnr.constants.platform.Errno;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import jnr.ffi.byref.PointerByReference;
import org.jspecify.annotations.Nullable;

/**
 * A ZFS made of Java, as little of it as tests of the pool need: names, snapshots, user properties, holds. Lists go through the
 * real libnvpair; a test is skipped where there is none. Programs are not permitted, unless a test says what they return.
 */
final class FakeZfs {
    static final ZfsNames NAMES = new ZfsNames("tank/axiom");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private final Native.LibNvpair nvpair = TestLibraries.loadOrSkip().nvpair();
    private final Map<String, Map<String, String>> datasets = new TreeMap<>(); // guarded by this, as is what follows
    private final Map<String, TreeSet<String>> holds = new TreeMap<>();
    private final Map<Long, String> open = new HashMap<>();
    private final Map<String, IntSupplier> failures = new HashMap<>();
    private long handles = 0x1000;

    /** What a channel program does, as the kernel would. */
    interface Program {
        /** Fills in what it returns; its own return value is the errno. */
        int run(Map<String, Object> arguments, NvList result);
    }

    private volatile @Nullable Program program;

    FakeZfs() {
        for (String name : List.of("", "/store", "/env", "/staging", "/trash", "/state")) {
            datasets.put(NAMES.root() + name, new TreeMap<>());
        }
    }

    /** A pool on it, which mounts nothing. */
    ZfsPool pool(Path runtime) {
        ZfsLibraries libraries = new ZfsLibraries(
                fake(Native.LibZfs.class),
                fake(Native.LibZfsCore.class),
                nvpair,
                Optional.empty(),
                new ZfsVersion(2, 1));
        ThreadSafeZfs zfs =
                ThreadSafeZfs.open(libraries, new NativeTimers(new SimpleMeterRegistry()), Duration.ofSeconds(60));
        return new ZfsPool(zfs, NAMES, new ZfsMounts(NAMES, zfs.core(), runtime));
    }

    /** A lease whose descriptor is that of a folder. */
    ZfsLease lease(ZfsPool pool, Path folder) throws IOException {
        Files.createDirectories(pool.state().resolve(ZfsPoolSetup.LEASES));
        return new ZfsLease(pool, pool.leaseFiles().create("test"), Posix.openForReading(folder));
    }

    static Destruction destroy(ZfsPool pool, Lease lease, DatasetName name) {
        return pool.destroyUnheld(lease, List.of(new Condemned(name, Optional.empty())))
                .get(0);
    }

    private <T> T fake(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> call(method, arguments)));
    }

    /** What a function does before its own work; a number other than 0 is what it returns then. */
    synchronized FakeZfs on(String function, IntSupplier before) {
        failures.put(function, before);
        return this;
    }

    void program(Program does) {
        program = does;
    }

    synchronized FakeZfs add(String... names) {
        for (String name : names) {
            datasets.put(name, new TreeMap<>());
        }
        return this;
    }

    synchronized void set(String name, String property, String value) {
        Objects.requireNonNull(datasets.get(name)).put(property, value);
    }

    synchronized @Nullable String get(String name, String property) {
        return Objects.requireNonNull(datasets.get(name)).get(property);
    }

    synchronized void hold(String snapshot, String tag) {
        holds.computeIfAbsent(snapshot, key -> new TreeSet<>()).add(tag);
    }

    synchronized boolean has(String name) {
        return datasets.containsKey(name);
    }

    synchronized boolean remove(String name) {
        return datasets.remove(name) != null;
    }

    private @Nullable Object call(Method method, Object @Nullable [] given) {
        Object[] arguments = given == null ? new Object[0] : given;
        IntSupplier before;
        synchronized (this) {
            before = failures.get(method.getName());
        }
        int number = before == null ? 0 : before.getAsInt();
        if (number != 0) {
            return number;
        }
        return switch (method.getName()) {
            case "lzc_exists" -> has((String) arguments[0]) ? 1 : 0;
            case "lzc_create" -> create((String) arguments[0]);
            case "lzc_rename" -> rename((String) arguments[0], (String) arguments[1]);
            case "lzc_destroy" -> destroy((String) arguments[0]);
            case "lzc_snapshot" -> snapshot((Pointer) arguments[0], (Pointer) arguments[1]);
            case "lzc_hold" -> hold((Pointer) arguments[0]);
            case "lzc_release" -> release((Pointer) arguments[0]);
            case "lzc_get_holds" -> holds((String) arguments[0], (PointerByReference) arguments[1]);
            case "lzc_channel_program" -> run((Pointer) arguments[4], (PointerByReference) arguments[5]);
            case "lzc_channel_program_nosync" -> Errno.EPERM.intValue();
            case "zfs_open" -> open((String) arguments[1]);
            case "libzfs_errno" -> 2009; // EZFS_NOENT
            case "zfs_get_name" -> name(arguments[0]);
            case "zfs_get_user_props" -> properties(name(arguments[0]));
            case "zfs_get_all_props" -> properties(name(arguments[0]));
            case "zfs_prop_set" -> {
                set(name(arguments[0]), (String) arguments[1], (String) arguments[2]);
                yield 0;
            }
            case "zfs_prop_inherit" -> {
                unset(name(arguments[0]), (String) arguments[1]);
                yield 0;
            }
            case "zfs_iter_filesystems" -> iterate(name(arguments[0]), (Native.LibZfs.Visitor) arguments[1]);
            case "zfs_prop_get_int" -> 0L;
            case "zfs_prop_get_written_int" -> written(name(arguments[0]), (Pointer) arguments[2]);
            default ->
                method.getReturnType() == Pointer.class ? handle("") : method.getReturnType() == int.class ? 0 : null;
        };
    }

    private synchronized int written(String filesystem, Pointer bytes) {
        if (!has(filesystem + "@sealed")) {
            return -1;
        }
        bytes.putLong(
                0,
                Long.parseLong(Objects.requireNonNull(datasets.get(filesystem)).getOrDefault("written", "0")));
        return 0;
    }

    private synchronized Pointer handle(String name) {
        open.put(++handles, name);
        return Pointer.wrap(Runtime.getSystemRuntime(), handles);
    }

    private synchronized @Nullable Pointer open(String name) {
        return has(name) ? handle(name) : null;
    }

    private synchronized String name(Object handle) {
        return open.getOrDefault(((Pointer) handle).address(), "");
    }

    private synchronized void unset(String name, String property) {
        Objects.requireNonNull(datasets.get(name)).remove(property);
    }

    private synchronized int create(String name) {
        return datasets.putIfAbsent(name, new TreeMap<>()) == null ? 0 : Errno.EEXIST.intValue();
    }

    private synchronized int rename(String from, String to) {
        if (!has(from)) {
            return Errno.ENOENT.intValue();
        }
        if (has(to)) {
            return Errno.EEXIST.intValue();
        }
        for (String name : List.copyOf(datasets.keySet())) {
            if (name.equals(from) || name.startsWith(from + "@")) {
                String target = to + name.substring(from.length());
                datasets.put(target, datasets.remove(name));
                TreeSet<String> tags = holds.remove(name);
                if (tags != null) {
                    holds.put(target, tags);
                }
            }
        }
        return 0;
    }

    private synchronized int destroy(String name) {
        if (!has(name)) {
            return Errno.ENOENT.intValue();
        }
        if (!holds.getOrDefault(name, new TreeSet<>()).isEmpty() || has(name + "@sealed")) {
            return Errno.EBUSY.intValue();
        }
        datasets.remove(name);
        return 0;
    }

    private synchronized int snapshot(Pointer names, Pointer properties) {
        map(names).keySet().forEach(name -> {
            Map<String, String> own = new TreeMap<>();
            map(properties).forEach((key, value) -> own.put(key, String.valueOf(value)));
            datasets.put(name, own);
        });
        return 0;
    }

    private synchronized int hold(Pointer wanted) {
        Map<String, Object> tags = map(wanted);
        tags.forEach((snapshot, tag) -> hold(snapshot, String.valueOf(tag)));
        return 0;
    }

    private synchronized int release(Pointer wanted) {
        map(wanted).forEach((snapshot, tags) -> holds.getOrDefault(snapshot, new TreeSet<>())
                .removeAll(((Map<?, ?>) tags).keySet()));
        return 0;
    }

    private synchronized int holds(String snapshot, PointerByReference out) {
        if (!has(snapshot)) {
            return Errno.ENOENT.intValue();
        }
        NvList list = NvList.empty(nvpair);
        holds.getOrDefault(snapshot, new TreeSet<>()).forEach(tag -> list.put(tag, 1L));
        give(out, list);
        return 0;
    }

    private int run(Pointer arguments, PointerByReference out) {
        Program given = program;
        if (given == null) {
            return Errno.EPERM.intValue();
        }
        Map<String, Object> values = map(arguments);
        Program does = values.get("name") instanceof String name ? (all, result) -> finish(name, result) : given;
        NvList list = NvList.empty(nvpair);
        int[] number = new int[1];
        list.put("return", result -> number[0] = does.run(values, result));
        if (number[0] != 0) {
            list.put("error", "what the program says");
        }
        give(out, list);
        return number[0];
    }

    /** As finish.lua does it. */
    private int finish(String filesystem, NvList result) {
        String seal = filesystem + "@sealed";
        int rc = failures.getOrDefault("lzc_destroy", () -> 0).getAsInt();
        if (rc == 0 && ZfsNames.RESEALING.equals(doomed(filesystem))) {
            rc = has(seal) ? destroy(seal) : 0;
        }
        if (rc == 0 && doomed(filesystem) != null && !has(seal)) {
            rc = destroy(filesystem);
        }
        result.put("rc", (long) rc);
        return 0;
    }

    private synchronized @Nullable String doomed(String filesystem) {
        return datasets.getOrDefault(filesystem, Map.of()).get(ZfsNames.DOOMED);
    }

    private static void give(PointerByReference out, NvList list) {
        Pointer memory = Runtime.getSystemRuntime().getMemoryManager().allocateDirect(Long.BYTES);
        memory.putPointer(0, list.pointer());
        out.fromNative(Runtime.getSystemRuntime(), memory, 0);
    }

    private synchronized Pointer properties(String name) {
        NvList list = NvList.empty(nvpair);
        int at = name.indexOf('@');
        if (at > 0) { // a snapshot has its file system's properties
            put(list, name.substring(0, at));
        }
        put(list, name);
        return list.pointer(); // the handle's, which keeps it
    }

    private synchronized void put(NvList list, String name) {
        datasets.getOrDefault(name, Map.of())
                .forEach((key, value) -> list.put(key, entry -> {
                    if (NUMBER.matcher(value).matches()) {
                        entry.put("value", Long.parseLong(value));
                    } else {
                        entry.put("value", value);
                    }
                    entry.put("source", name);
                }));
    }

    private int iterate(String parent, Native.LibZfs.Visitor visitor) {
        List<String> children = new ArrayList<>();
        synchronized (this) {
            datasets.keySet().stream()
                    .filter(name -> name.startsWith(parent + "/")
                            && name.indexOf('/', parent.length() + 1) < 0
                            && !name.contains("@"))
                    .forEach(children::add);
        }
        children.forEach(name -> visitor.visit(handle(name), handle("")));
        return 0;
    }

    private Map<String, Object> map(Pointer list) {
        try (NvList borrowed = NvList.borrow(nvpair, list)) {
            return borrowed.toMap();
        }
    }
}
