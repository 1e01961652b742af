package dev.axiom.zfs;

import dev.axiom.zfs.Native.LibNvpair;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jnr.constants.platform.Errno;
import jnr.ffi.Pointer;
import jnr.ffi.byref.IntByReference;
import jnr.ffi.byref.LongLongByReference;
import jnr.ffi.byref.PointerByReference;
import org.jspecify.annotations.Nullable;

/**
 * A name-value list, ZFS's way to pass arguments and results. Names are unique; a later value replaces an earlier one.
 * Used by one thread at a time, and closed always: the memory is C's. Everything read is copied.
 */
final class NvList implements AutoCloseable {
    private static final int UNIQUE_NAMES = 1;
    private static final int LONGEST = 1 << 20; // no string in a list of the kernel's comes near

    /** data_type_t of sys/nvpair.h; the same everywhere. */
    private static final int BOOLEAN = 1;

    private static final int INT32 = 5;
    private static final int INT64 = 7;
    private static final int UINT64 = 8;
    private static final int STRING = 9;
    private static final int NVLIST = 19;
    private static final int BOOLEAN_VALUE = 21;

    /** The kernel's note that an error list was too long; it is no dataset. */
    static final String MORE_ERRORS = "N_MORE_ERRORS";

    private final LibNvpair lib;
    private final boolean owned;
    private @Nullable Pointer list;

    private NvList(LibNvpair lib, Pointer list, boolean owned) {
        this.lib = lib;
        this.list = list;
        this.owned = owned;
    }

    /** A new, empty list. */
    static NvList empty(LibNvpair lib) {
        PointerByReference created = new PointerByReference();
        check(lib.nvlist_alloc(created, UNIQUE_NAMES, 0), "allocate a list");
        return new NvList(lib, created.getValue(), true);
    }

    /** Takes over a list that a call returned; a null one is as good as empty. */
    static NvList adopt(LibNvpair lib, @Nullable Pointer list) {
        return list == null ? empty(lib) : new NvList(lib, list, true);
    }

    /** Looks at a list that belongs to something else; closing does not free it. */
    static NvList borrow(LibNvpair lib, Pointer list) {
        return new NvList(lib, list, false);
    }

    /** The list itself, for a call. @throws IllegalStateException if it is closed */
    Pointer pointer() {
        if (list == null) {
            throw new IllegalStateException("the list is closed");
        }
        return list;
    }

    NvList flag(String name) {
        check(lib.nvlist_add_boolean(pointer(), text(name)), name);
        return this;
    }

    NvList put(String name, String value) {
        check(lib.nvlist_add_string(pointer(), text(name), text(value)), name);
        return this;
    }

    /** An unsigned number. */
    NvList put(String name, long value) {
        check(lib.nvlist_add_uint64(pointer(), text(name), value), name);
        return this;
    }

    /** A list in the list: filled by {@code content}, copied. */
    NvList put(String name, Consumer<NvList> content) {
        try (NvList child = empty(lib)) {
            content.accept(child);
            check(lib.nvlist_add_nvlist(pointer(), text(name), child.pointer()), name);
        }
        return this;
    }

    /** A list in the list whose names are the values' places, from 0: a program has no other table of many. */
    NvList put(String name, List<String> values) {
        return put(name, list -> {
            for (int i = 0; i < values.size(); i++) {
                list.put(Integer.toString(i), values.get(i));
            }
        });
    }

    NvList putAll(Map<String, String> values) {
        values.forEach(this::put);
        return this;
    }

    /** C would take the text to end at a NUL; a null would be passed on. */
    static String text(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a NUL in '" + text + "'");
        }
        return text;
    }

    /**
     * All that is in it: {@code Boolean}, {@code Integer} (int32), {@code Long} (64 bits, unsigned ones too),
     * {@code String}, or a {@code Map} of the same. What is of another type is left out.
     */
    Map<String, Object> toMap() {
        return toMap(pointer());
    }

    private Map<String, Object> toMap(Pointer from) {
        Map<String, Object> map = new LinkedHashMap<>();
        Pointer pair = lib.nvlist_next_nvpair(from, null);
        while (pair != null) {
            Object value = value(pair);
            if (value != null) {
                map.put(lib.nvpair_name(pair), value);
            }
            pair = lib.nvlist_next_nvpair(from, pair);
        }
        return map;
    }

    private @Nullable Object value(Pointer pair) {
        return switch (lib.nvpair_type(pair)) {
            case BOOLEAN -> true;
            case BOOLEAN_VALUE -> number32(pair, lib::nvpair_value_boolean_value) != 0;
            case INT32 -> number32(pair, lib::nvpair_value_int32);
            case INT64 -> number64(pair, lib::nvpair_value_int64);
            case UINT64 -> number64(pair, lib::nvpair_value_uint64);
            case STRING -> reference(pair, lib::nvpair_value_string).getString(0, LONGEST, StandardCharsets.UTF_8);
            case NVLIST -> toMap(reference(pair, lib::nvpair_value_nvlist));
            default -> null;
        };
    }

    /** A function that takes a pair and writes its value. */
    private interface Reader<R> {
        int read(Pointer pair, R value);
    }

    private static int number32(Pointer pair, Reader<IntByReference> reader) {
        IntByReference value = new IntByReference();
        check(reader.read(pair, value), "read a number");
        return value.intValue();
    }

    private static long number64(Pointer pair, Reader<LongLongByReference> reader) {
        LongLongByReference value = new LongLongByReference();
        check(reader.read(pair, value), "read a number");
        return value.longValue();
    }

    private static Pointer reference(Pointer pair, Reader<PointerByReference> reader) {
        PointerByReference value = new PointerByReference();
        check(reader.read(pair, value), "read a value");
        return value.getValue();
    }

    /** The numbers of an error list, by dataset. */
    Map<String, Errno> errors() {
        Map<String, Errno> errors = new LinkedHashMap<>();
        toMap().forEach((name, value) -> {
            if (value instanceof Integer errno && !name.equals(MORE_ERRORS)) {
                errors.put(name, Errno.valueOf(errno));
            }
        });
        return errors;
    }

    private static void check(int errno, String what) {
        if (errno != 0) {
            throw new IllegalStateException("nvlist: " + what + ": " + Errno.valueOf(errno));
        }
    }

    /** Frees it; a second time does nothing. */
    @Override
    public void close() {
        if (list != null && owned) {
            lib.nvlist_free(list);
        }
        list = null;
    }
}
