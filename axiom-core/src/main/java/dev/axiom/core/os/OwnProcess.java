package dev.axiom.core.os;

import java.lang.ref.Reference;
import java.util.List;

/**
 * What a process needs to become another program: see setenv(3), sigprocmask(2), fcntl(2) and execve(2). To be used by a
 * thread that ends with it; the changed variables are those of the C library, which Java does not show.
 */
public final class OwnProcess {
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;

    /** The size of a sigset_t is 128 bytes in glibc and musl; all zero is the empty set. */
    private static final int SIGNAL_SET = 128;

    private OwnProcess() {}

    /** Sets a variable that the next program sees. */
    public static void setVariable(String name, String value) throws PosixException {
        NativeBuffer memory = new NativeBuffer(length(name) + length(value));
        try {
            long address = put(memory, 0, name);
            check(SystemCall.SETENV, name, SystemCall.SETENV.call(address, put(memory, length(name), value), 1));
        } finally {
            Reference.reachabilityFence(memory); // it is C's until here, as in all of these
        }
    }

    /** Takes a variable away from the next program. */
    public static void unsetVariable(String name) throws PosixException {
        NativeBuffer memory = new NativeBuffer(length(name));
        try {
            check(SystemCall.UNSETENV, name, SystemCall.UNSETENV.call(put(memory, 0, name)));
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    /** Keeps an open file from the next program. */
    public static void closeOnExec(int fd) throws PosixException {
        check(SystemCall.FCNTL, "fd " + fd, SystemCall.FCNTL.call(fd, F_SETFD, FD_CLOEXEC));
    }

    /** Lets a signal through that this thread holds back; what is held back stays so across execve. */
    public static void unblock(int signal) throws PosixException {
        NativeBuffer set = new NativeBuffer(SIGNAL_SET);
        try {
            check(SystemCall.SIGADDSET, "signal " + signal, SystemCall.SIGADDSET.call(set.address(), signal));
            check(
                    SystemCall.SIGPROCMASK,
                    "signal " + signal,
                    SystemCall.SIGPROCMASK.call(unblockNumber(), set.address(), 0));
        } finally {
            Reference.reachabilityFence(set);
        }
    }

    /** SIG_UNBLOCK is 1 on Linux, but 2 on MIPS. */
    private static int unblockNumber() {
        return System.getProperty("os.arch", "").startsWith("mips") ? 2 : 1;
    }

    /**
     * Becomes another program, which keeps this process's id, open files and variables.
     *
     * @param arguments the first is what the program is told that it is called
     * @return why it failed; after success nothing is left to return to
     */
    public static PosixException execute(String program, List<String> arguments) {
        int pointers = Long.BYTES * (arguments.size() + 1); // the last is null
        int texts = arguments.stream().mapToInt(OwnProcess::length).sum();
        NativeBuffer memory = new NativeBuffer(pointers + texts + length(program));
        int at = pointers;
        for (int i = 0; i < arguments.size(); i++) {
            memory.memory().putLong(i * Long.BYTES, put(memory, at, arguments.get(i)));
            at += length(arguments.get(i));
        }
        try {
            long result = SystemCall.EXECV.call(put(memory, at, program), memory.address());
            return new PosixException(SystemCall.EXECV.name(), program, (int) -result);
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    /** With the NUL at the end. */
    private static int length(String text) {
        return FileNames.encode(text).length + 1;
    }

    /** Writes a C string; returns its address. New buffers are zero, and so the NUL is there. */
    private static long put(NativeBuffer memory, int at, String text) {
        byte[] bytes = FileNames.encode(text);
        memory.memory().put(at, bytes, 0, bytes.length);
        return memory.address() + at;
    }

    private static void check(SystemCall call, String about, long result) throws PosixException {
        if (result < 0) {
            throw new PosixException(call.name(), about, (int) -result);
        }
    }
}
