package dev.axiom.core.env;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import jnr.constants.platform.Errno;
import jnr.constants.platform.Fcntl;
import jnr.constants.platform.Signal;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/** What is needed to make this process another program: see execve(2), sigprocmask(2), fcntl(2), setenv(3). */
final class ProcessImage {
    private static final POSIX SYSTEM = POSIXFactory.getNativePOSIX();
    private static final int FIRST_OF_ITS_OWN = 3;
    private static final int CLOSE_ON_EXEC = 1;

    /** The size of a sigset_t is 128 bytes in glibc and musl; more does no harm. */
    private static final int SIGNAL_SET = 256;

    private static final Set<Path> RANDOM = Set.of(Path.of("/dev/random"), Path.of("/dev/urandom"));

    private static final String SHELL = "/bin/sh";

    /** How POSIX names them. */
    public interface Signals {
        int sigemptyset(Pointer set);

        int sigaddset(Pointer set, int signal);

        int sigprocmask(int how, Pointer set, Pointer before);
    }

    private ProcessImage() {}

    /**
     * Java keeps SIGQUIT from all threads but one, and a blocked signal stays blocked across execve. The call is for
     * this thread, which will be the only one.
     */
    static void unblockSignals() {
        Signals signals = LibraryLoader.create(Signals.class).failImmediately().load("c");
        jnr.ffi.Runtime runtime = jnr.ffi.Runtime.getRuntime(signals);
        Pointer set = Memory.allocateDirect(runtime, SIGNAL_SET);
        Pointer before = Memory.allocateDirect(runtime, SIGNAL_SET);
        int unblock = unblockNumber();
        if (signals.sigemptyset(set) != 0
                || signals.sigaddset(set, Signal.SIGQUIT.intValue()) != 0
                || signals.sigprocmask(unblock, set, before) != 0) {
            throw new AxiomException(ErrorCode.UNAVAILABLE, "cannot unblock signals");
        }
    }

    /** SIG_UNBLOCK is 1 on Linux, but 2 on MIPS. */
    private static int unblockNumber() {
        return System.getProperty("os.arch", "").startsWith("mips") ? 2 : 1;
    }

    /**
     * The jars, library files and sources of randomness that Java has open would stay open in the command. Descriptors
     * that we were started with, a make's job server say, are the command's business; so only these files are closed.
     */
    static void closeOwnFilesOnExec() {
        Set<Path> folders = codeFolders();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                int number = Integer.parseInt(descriptor.getFileName().toString());
                if (number >= FIRST_OF_ITS_OWN && isOwn(target(descriptor), folders)) {
                    SYSTEM.fcntlInt(number, Fcntl.F_SETFD, CLOSE_ON_EXEC);
                }
            }
        } catch (IOException e) {
            throw AxiomException.io("list the open files of this process", e);
        }
    }

    /** Those of the jars on the class path: a jar's manifest can name more jars beside it. */
    private static Set<Path> codeFolders() {
        Set<Path> folders = new HashSet<>();
        for (String jar : System.getProperty("java.class.path", "").split(Pattern.quote(File.pathSeparator), -1)) {
            Path folder = Path.of(jar).toAbsolutePath().normalize().getParent();
            if (folder != null) {
                folders.add(folder);
            }
        }
        return folders;
    }

    private static boolean isOwn(Path file, Set<Path> codeFolders) {
        Path home = Path.of(System.getProperty("java.home", "/")).toAbsolutePath();
        Path folder = file.getParent();
        return file.startsWith(home) || RANDOM.contains(file) || (folder != null && codeFolders.contains(folder));
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException closedMeanwhile) {
            return Path.of("");
        }
    }

    /** Returns only if that fails. The other variables are not touched, so that they are passed on byte by byte. */
    static AxiomException replace(EnvCommand command) {
        command.unset().forEach(SYSTEM::unsetenv);
        for (Map.Entry<String, String> variable : command.variables().entrySet()) {
            SYSTEM.setenv(variable.getKey(), variable.getValue(), 1);
        }
        String program = command.program().toString();
        SYSTEM.execv(program, command.arguments().toArray(String[]::new));
        Errno errno = Errno.valueOf(SYSTEM.errno());
        if (errno == Errno.ENOEXEC) { // a script that does not say by what; shells run it themselves
            List<String> arguments = new ArrayList<>(List.of(SHELL, program));
            arguments.addAll(command.arguments().subList(1, command.arguments().size()));
            SYSTEM.execv(SHELL, arguments.toArray(String[]::new));
        }
        return new AxiomException(
                ErrorCode.UNAVAILABLE, "cannot execute " + program + ": " + errno.description(), null, null);
    }
}
