package dev.axiom.zfs;

import jnr.ffi.Pointer;
import jnr.ffi.annotations.Delegate;
import jnr.ffi.annotations.Encoding;
import jnr.ffi.annotations.Out;
import jnr.ffi.byref.IntByReference;
import jnr.ffi.byref.LongLongByReference;
import jnr.ffi.byref.PointerByReference;
import org.jspecify.annotations.Nullable;

/**
 * The C functions, an interface for each library. JNR-FFI's classes live in a class loader of their own and can only see
 * interfaces that are public; inside of this class nobody else can.
 */
final class Native {
    private Native() {}

    /**
     * libzfs, with prototypes that are the same in OpenZFS 2.1 to 2.4 and in FreeBSD (libzfs.h). It keeps its state in the
     * handle without any lock: only {@link ThreadSafeZfs} calls these, one at a time.
     */
    @Encoding("UTF-8")
    public interface LibZfs {
        @Nullable
        Pointer libzfs_init();

        int libzfs_errno(Pointer libzfs);

        String libzfs_error_action(Pointer libzfs);

        String libzfs_error_description(Pointer libzfs);

        String libzfs_error_init(int errno);

        int zfs_name_valid(String name, int type);

        int zfs_name_to_prop(String name);

        @Nullable
        Pointer zfs_open(Pointer libzfs, String name, int types);

        void zfs_close(Pointer handle);

        String zfs_get_name(Pointer handle);

        long zfs_prop_get_int(Pointer handle, int property);

        /** The property is {@code written@SNAPSHOT}; not 0 if it cannot be told. */
        int zfs_prop_get_written_int(Pointer handle, String property, Pointer bytes);

        /** The list belongs to the handle. */
        @Nullable
        Pointer zfs_get_user_props(Pointer handle);

        int zfs_prop_set(Pointer handle, String property, String value);

        int zfs_prop_inherit(Pointer handle, String property, int received);

        /** The list belongs to the handle. */
        @Nullable
        Pointer zfs_get_all_props(Pointer handle);

        /** The list is the caller's. */
        @Nullable
        Pointer zfs_send_resume_token_to_nvlist(Pointer libzfs, String token);

        int zfs_iter_filesystems(Pointer handle, Visitor visitor, @Nullable Pointer cookie);

        /** Called for each dataset of an iteration. It must close the handle, and not throw: JNR would swallow it. */
        interface Visitor {
            @Delegate
            int visit(Pointer handle, Pointer cookie);
        }
    }

    /** What libzfs has since OpenZFS 2.2: a listing that does not read the properties of each dataset. */
    public interface LibZfsIteration {
        /** For {@link #zfs_iter_filesystems_v2}: names only (ZFS_ITER_SIMPLE). */
        int SIMPLE = 64;

        int zfs_iter_filesystems_v2(Pointer handle, int flags, LibZfs.Visitor visitor, @Nullable Pointer cookie);
    }

    /**
     * libzfs_core, with prototypes that are the same in OpenZFS 2.1 to 2.4 and in FreeBSD (libzfs_core.h). Every call is one
     * ioctl, atomic, and safe beside others; it returns the errno. A call before {@link #libzfs_core_init}, or with a null
     * that C does not expect, ends the process: only {@link ZfsCore} calls these.
     */
    @Encoding("UTF-8")
    public interface LibZfsCore {
        int libzfs_core_init();

        int lzc_exists(String dataset);

        int lzc_create(String filesystem, int type, @Nullable Pointer properties, @Nullable Pointer key, int keyLength);

        int lzc_rename(String from, String to);

        int lzc_destroy(String dataset);

        int lzc_snapshot(Pointer snapshots, @Nullable Pointer properties, @Out PointerByReference errors);

        int lzc_hold(Pointer holds, int cleanupFd, @Out PointerByReference errors);

        int lzc_release(Pointer holds, @Out PointerByReference errors);

        int lzc_get_holds(String snapshot, @Out PointerByReference holds);

        int lzc_channel_program(
                String pool,
                String program,
                long instructions,
                long memory,
                Pointer arguments,
                @Out PointerByReference out);

        int lzc_channel_program_nosync(
                String pool,
                String program,
                long instructions,
                long memory,
                Pointer arguments,
                @Out PointerByReference out);

        int lzc_send(String snapshot, @Nullable String from, int fd, int flags);

        int lzc_send_resume(String snapshot, @Nullable String from, int fd, int flags, long object, long offset);

        int lzc_receive_resumable(
                String snapshot, @Nullable Pointer properties, @Nullable String origin, int force, int raw, int fd);
    }

    /**
     * libnvpair, with prototypes that are the same in OpenZFS 2.1 to 2.4 and in FreeBSD (sys/nvpair.h). None of these
     * aborts; the {@code fnvlist_} functions do, and are not here. Only {@link NvList} calls them.
     */
    @Encoding("UTF-8")
    public interface LibNvpair {
        int nvlist_alloc(@Out PointerByReference list, int flags, int kmFlag);

        void nvlist_free(Pointer list);

        int nvlist_add_boolean(Pointer list, String name);

        int nvlist_add_int32(Pointer list, String name, int value);

        int nvlist_add_uint64(Pointer list, String name, long value);

        int nvlist_add_string(Pointer list, String name, String value);

        int nvlist_add_nvlist(Pointer list, String name, Pointer value);

        @Nullable
        Pointer nvlist_next_nvpair(Pointer list, @Nullable Pointer previous);

        String nvpair_name(Pointer pair);

        int nvpair_type(Pointer pair);

        int nvpair_value_boolean_value(Pointer pair, @Out IntByReference value);

        int nvpair_value_int32(Pointer pair, @Out IntByReference value);

        int nvpair_value_int64(Pointer pair, @Out LongLongByReference value);

        int nvpair_value_uint64(Pointer pair, @Out LongLongByReference value);

        int nvpair_value_string(Pointer pair, @Out PointerByReference value);

        int nvpair_value_nvlist(Pointer pair, @Out PointerByReference value);
    }
}
