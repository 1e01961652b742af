package dev.axiom.core.os;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.kenai.jffi.CallContext;
import com.kenai.jffi.CallingConvention;
import com.kenai.jffi.Invoker;
import com.kenai.jffi.Library;
import com.kenai.jffi.Type;
import java.lang.ref.Reference;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A close(2) that is interrupted has freed the number, which another thread may have got since: it is not made again. The
 * kernel itself interrupts it here (seccomp(2)), each time, in one thread and for one number that no file has.
 */
class InterruptedCloseTest {
    private static final int NUMBER = 1_000_000;
    private static final Map<String, Integer> CLOSE = Map.of("amd64", 3, "aarch64", 57);

    private static final int NO_NEW_PRIVILEGES = 38;
    private static final int SECCOMP = 22;
    private static final int FILTER = 2;

    @Test
    void isNotMadeAgain() throws Exception {
        assertEnds(() -> Posix.close(NUMBER));
    }

    @Test
    void norThatOfAnOpenFile() throws Exception {
        assertEnds(() -> new OpenFile(NUMBER, "a file").close());
    }

    private static void assertEnds(Runnable close) throws Exception {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            boolean interrupting = interruptCloses();
            if (interrupting) {
                close.run();
            }
            return interrupting;
        });
        Thread thread = new Thread(task); // the filter goes with it
        thread.setDaemon(true);
        thread.start();
        assumeTrue(task.get(60, TimeUnit.SECONDS), "this system filters no system calls");
    }

    /** Lets each close of {@link #NUMBER} by this thread, for as long as it lives, fail with EINTR. */
    private static boolean interruptCloses() {
        Integer close = CLOSE.get(System.getProperty("os.arch"));
        if (close == null) {
            return false;
        }
        long[] program = {
            instruction(0x20, 0, 0, 0), // load the call's number
            instruction(0x15, 0, 3, close), // go on if it is close, or skip three
            instruction(0x20, 0, 0, 16), // load its argument
            instruction(0x15, 0, 1, NUMBER),
            instruction(0x06, 0, 0, 0x0005_0000 | 4), // EINTR
            instruction(0x06, 0, 0, 0x7fff_0000), // allow
        };
        NativeBuffer memory = new NativeBuffer(Long.BYTES * (program.length + 2));
        for (int i = 0; i < program.length; i++) {
            memory.memory().putLong(Long.BYTES * (i + 2), program[i]);
        }
        memory.memory().putShort(0, (short) program.length).putLong(Long.BYTES, memory.address() + 2 * Long.BYTES);
        try {
            return control(NO_NEW_PRIVILEGES, 1, 0) == 0 && control(SECCOMP, FILTER, memory.address()) == 0;
        } finally {
            Reference.reachabilityFence(memory);
        }
    }

    /** As struct sock_filter lies in memory, where the low byte comes first. */
    private static long instruction(int code, int ifTrue, int ifFalse, int operand) {
        return code | (long) ifTrue << 16 | (long) ifFalse << 24 | (long) operand << 32;
    }

    private static int control(int option, long a, long b) {
        Type word = Type.SINT64;
        CallContext context = CallContext.getCallContext(
                Type.SINT32, new Type[] {Type.SINT32, word, word, word, word}, CallingConvention.DEFAULT, true);
        long prctl = Library.getCachedInstance(null, Library.LAZY).getSymbolAddress("prctl");
        return (int) Invoker.getInstance().invokeN5(context, prctl, option, a, b, 0, 0);
    }
}
