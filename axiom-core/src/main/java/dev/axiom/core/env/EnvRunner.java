package dev.axiom.core.env;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.pool.Lease;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a command in an environment that a lease protects. The lease must live as long as the command and whatever it
 * starts, also if this program is killed: so {@link #exec} makes this process the command, and the kernel's lock that is
 * the lease goes with it, once {@link #passOn} has said so.
 */
public final class EnvRunner {
    private EnvRunner() {}

    /**
     * Gets this process ready to become a command that keeps the lease. The descriptors that Java opened for itself will be
     * closed then, those this process was started with are passed on, and so is the lease. Signals that Java blocks are
     * unblocked in this thread.
     *
     * @throws AxiomException {@code UNAVAILABLE} if the system or the pool refuses; the lease is as before or inheritable
     */
    public static void passOn(Lease lease) {
        ProcessImage.closeOwnFilesOnExec();
        lease.inherit();
        ProcessImage.unblockSignals();
    }

    /**
     * Turns this process into the command. Nothing of Java runs afterwards, so everything else that needs an end must have
     * had it. To be called by the thread that called {@link #passOn}.
     *
     * @return why the system refuses to execute the program; otherwise it does not return
     */
    public static AxiomException exec(EnvCommand command) {
        System.out.flush();
        System.err.flush();
        return ProcessImage.replace(command);
    }

    /**
     * Runs the command as a child and waits for its end, with this process's input and output. The lease ends with this
     * process even if the command goes on.
     *
     * @return its exit code; 128 and more if a signal ended it
     * @throws AxiomException {@code UNAVAILABLE} if it cannot be started; {@code BUSY} if the waiting was interrupted;
     *     the command was ended then
     */
    public static int await(EnvCommand command) {
        List<String> arguments = new ArrayList<>(command.arguments());
        arguments.set(0, command.program().toString());
        ProcessBuilder builder = new ProcessBuilder(arguments).inheritIO();
        builder.environment().keySet().removeAll(command.unset());
        builder.environment().putAll(command.variables());
        try {
            Process process = builder.start();
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                process.destroy();
                Thread.currentThread().interrupt();
                throw new AxiomException(ErrorCode.BUSY, "interrupted while " + command.program() + " ran", null, e);
            }
        } catch (IOException e) {
            throw AxiomException.io("run " + command.program(), e);
        }
    }
}
