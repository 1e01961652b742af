package dev.axiom.core.os;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.LastError;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;

/**
 * One function of the C library, called through jffi, the layer below JNR-FFI: no class is generated at run time, so
 * binding all of these takes a third of the start-up time that one JNR-FFI interface takes. Arguments are whole numbers and addresses.
 */
final class SystemCall {
    /** What a failed call returns. */
    private static final int FAILED = -1;

    /** Interrupted before anything happened (but see close(2)); the call is made again. The same number on every Linux. */
    private static final int EINTR = 4;

    private static final Invoker INVOKER = Invoker.getInstance();
    private static final LastError LAST_ERROR = LastError.getInstance();
    private static final Library PROCESS = Library.getCachedInstance(null, Library.LAZY);

    private static final Type INT = Type.SINT32;
    private static final Type WORD = Type.SINT64;
    private static final Type ADDRESS = Type.POINTER;

    static final SystemCall OPENAT = new SystemCall("openat", INT, INT, ADDRESS, INT, INT);
    static final SystemCall CLOSE = new SystemCall("close", INT, INT);
    static final SystemCall READ = new SystemCall("read", WORD, INT, ADDRESS, WORD);
    static final SystemCall WRITE = new SystemCall("write", WORD, INT, ADDRESS, WORD);
    static final SystemCall STATX = new SystemCall("statx", INT, INT, ADDRESS, INT, INT, ADDRESS);
    static final SystemCall GETDENTS = new SystemCall("getdents64", WORD, INT, ADDRESS, WORD);
    static final SystemCall READLINKAT = new SystemCall("readlinkat", WORD, INT, ADDRESS, ADDRESS, WORD);
    static final SystemCall MKDIRAT = new SystemCall("mkdirat", INT, INT, ADDRESS, INT);
    static final SystemCall SYMLINKAT = new SystemCall("symlinkat", INT, ADDRESS, INT, ADDRESS);
    static final SystemCall LINKAT = new SystemCall("linkat", INT, INT, ADDRESS, INT, ADDRESS, INT);
    static final SystemCall RENAMEAT = new SystemCall("renameat", INT, INT, ADDRESS, INT, ADDRESS);
    static final SystemCall UNLINKAT = new SystemCall("unlinkat", INT, INT, ADDRESS, INT);
    static final SystemCall FCHMOD = new SystemCall("fchmod", INT, INT, INT);
    static final SystemCall FCHMODAT = new SystemCall("fchmodat", INT, INT, ADDRESS, INT, INT);
    static final SystemCall FUTIMENS = new SystemCall("futimens", INT, INT, ADDRESS);
    static final SystemCall UTIMENSAT = new SystemCall("utimensat", INT, INT, ADDRESS, ADDRESS, INT);

    static final SystemCall FLOCK = new SystemCall("flock", INT, INT, INT);
    static final SystemCall FSYNC = new SystemCall("fsync", INT, INT);
    static final SystemCall SYNCFS = new SystemCall("syncfs", INT, INT);
    static final SystemCall FCNTL = new SystemCall("fcntl", INT, INT, INT, INT);
    static final SystemCall COPY_FILE_RANGE =
            new SystemCall("copy_file_range", WORD, INT, ADDRESS, INT, ADDRESS, WORD, INT);
    static final SystemCall GETEUID = new SystemCall("geteuid", INT);

    static final SystemCall SETENV = new SystemCall("setenv", INT, ADDRESS, ADDRESS, INT);
    static final SystemCall UNSETENV = new SystemCall("unsetenv", INT, ADDRESS);
    static final SystemCall SIGADDSET = new SystemCall("sigaddset", INT, ADDRESS, INT);
    static final SystemCall SIGPROCMASK = new SystemCall("sigprocmask", INT, INT, ADDRESS, ADDRESS);
    static final SystemCall EXECV = new SystemCall("execv", INT, ADDRESS, ADDRESS);

    private final String name;
    private final long address;
    private final CallContext context;

    /** For calls that few programs make: those above are bound together, at every start. */
    static SystemCall mount() {
        return new SystemCall("mount", INT, ADDRESS, ADDRESS, ADDRESS, WORD, ADDRESS);
    }

    /** As {@link #mount}. */
    static SystemCall unmount() {
        return new SystemCall("umount2", INT, ADDRESS, INT);
    }

    /** As {@link #mount}. */
    static SystemCall nice() {
        return new SystemCall("nice", INT, INT);
    }

    /** As {@link #mount}. */
    static SystemCall pipe() {
        return new SystemCall("pipe2", INT, ADDRESS, INT);
    }

    /** As {@link #mount}. */
    static SystemCall clockGettime() {
        return new SystemCall("clock_gettime", INT, INT, ADDRESS);
    }

    private SystemCall(String name, Type result, Type... parameters) {
        this.name = name;
        this.address = PROCESS.getSymbolAddress(name);
        if (address == 0) {
            throw new UnsatisfiedLinkError("this C library has no function '" + name + "'; Axiom needs Linux with"
                    + " glibc 2.30 or musl 1.2.4, or later");
        }
        this.context = CallContext.getCallContext(result, parameters, CallingConvention.DEFAULT, true);
    }

    String name() {
        return name;
    }

    /** Makes the call again as long as it is interrupted; returns its result, or minus the errno when it failed. */
    long call() {
        long result;
        do {
            result = result(INVOKER.invokeN0(context, address));
        } while (result == -EINTR);
        return result;
    }

    long call(long a) {
        long result;
        do {
            result = callOnce(a);
        } while (result == -EINTR);
        return result;
    }

    /** For calls that are done when they are interrupted: made once, and it may return {@code -EINTR}. */
    long callOnce(long a) {
        return result(INVOKER.invokeN1(context, address, a));
    }

    long call(long a, long b) {
        long result;
        do {
            result = result(INVOKER.invokeN2(context, address, a, b));
        } while (result == -EINTR);
        return result;
    }

    long call(long a, long b, long c) {
        long result;
        do {
            result = result(INVOKER.invokeN3(context, address, a, b, c));
        } while (result == -EINTR);
        return result;
    }

    long call(long a, long b, long c, long d) {
        long result;
        do {
            result = result(INVOKER.invokeN4(context, address, a, b, c, d));
        } while (result == -EINTR);
        return result;
    }

    long call(long a, long b, long c, long d, long e) {
        long result;
        do {
            result = result(INVOKER.invokeN5(context, address, a, b, c, d, e));
        } while (result == -EINTR);
        return result;
    }

    long call(long a, long b, long c, long d, long e, long f) {
        long result;
        do {
            result = result(INVOKER.invokeN6(context, address, a, b, c, d, e, f));
        } while (result == -EINTR);
        return result;
    }

    /** An int result comes back in a wider register; a long one is a count below 2 GiB, as Linux moves no more at once. */
    private static long result(long raw) {
        return (int) raw == FAILED ? -LAST_ERROR.get() : raw;
    }
}
