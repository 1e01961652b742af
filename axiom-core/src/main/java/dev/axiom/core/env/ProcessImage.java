package dev.axiom.core.env;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.OpenDescriptors;
import dev.axiom.core.os.OwnProcess;
import dev.axiom.core.os.PosixException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import jnr.constants.platform.Errno;
import jnr.constants.platform.Signal;

/** Makes this process another program. */
final class ProcessImage {
    private static final int FIRST_OF_ITS_OWN = 3;

    private static final Set<Path> RANDOM = Set.of(Path.of("/dev/random"), Path.of("/dev/urandom"));

    private static final String SHELL = "/bin/sh";

    private ProcessImage() {}

    /**
     * Java keeps SIGQUIT from all threads but one, and a blocked signal stays blocked across execve. The call is for
     * this thread, which will be the only one.
     */
    static void unblockSignals() {
        try {
            OwnProcess.unblock(Signal.SIGQUIT.intValue());
        } catch (PosixException e) {
            throw AxiomException.io("unblock signals", e);
        }
    }

    /**
     * The jars, library files, sources of randomness and sockets that Java has open would stay open in the command.
     * Descriptors that we were started with, a make's job server say, are the command's business; so only these files, and
     * the sockets that came later, are closed.
     */
    static void closeOwnFilesOnExec() {
        Set<Path> folders = codeFolders();
        try {
            for (Map.Entry<Integer, Path> open : OpenDescriptors.now().entrySet()) {
                if (open.getKey() >= FIRST_OF_ITS_OWN && isOwn(open.getValue(), folders)) {
                    OwnProcess.closeOnExec(open.getKey());
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
        if (file.toString().startsWith("socket:")) {
            return !OpenDescriptors.isInherited(file);
        }
        Path home = Path.of(System.getProperty("java.home", "/")).toAbsolutePath();
        Path folder = file.getParent();
        return file.startsWith(home) || RANDOM.contains(file) || (folder != null && codeFolders.contains(folder));
    }

    /** Returns only if that fails. The other variables are not touched, so that they are passed on byte by byte. */
    static AxiomException replace(EnvCommand command) {
        try {
            for (String name : command.unset()) {
                OwnProcess.unsetVariable(name);
            }
            for (Map.Entry<String, String> variable : command.variables().entrySet()) {
                OwnProcess.setVariable(variable.getKey(), variable.getValue());
            }
        } catch (PosixException e) {
            return AxiomException.io("set the command's variables", e);
        }
        String program = command.program().toString();
        PosixException failure = OwnProcess.execute(program, command.arguments());
        if (failure.errno() == Errno.ENOEXEC) { // a script that does not say by what; shells run it themselves
            List<String> arguments = new ArrayList<>(List.of(SHELL, program));
            arguments.addAll(command.arguments().subList(1, command.arguments().size()));
            failure = OwnProcess.execute(SHELL, arguments);
        }
        return new AxiomException(
                ErrorCode.UNAVAILABLE,
                "cannot execute " + program + ": " + failure.errno().description(),
                null,
                failure);
    }
}
