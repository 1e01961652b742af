package dev.axiom.core.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A real process that runs a main class of the tests, to be waited for or killed. It says on its standard output how
 * far it is; what it says in vain is shown when a test fails.
 */
public final class ChildJvm implements AutoCloseable {
    /** What a child runs below to be a user without rights; only root may do that. */
    public static final List<String> NOBODY = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    private final Process process;
    private final BufferedReader output;
    private final List<String> said = new ArrayList<>();

    private ChildJvm(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts the class with these arguments. */
    public static ChildJvm start(Class<?> main, Object... arguments) throws IOException {
        return start(List.of(), classPath(), main, arguments);
    }

    /**
     * Starts the class below another program.
     *
     * @param prefix the program and its options, such as {@code setpriv --reuid=65534}
     */
    public static ChildJvm start(List<String> prefix, String classPath, Class<?> main, Object... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m", "-cp", classPath));
        command.add(main.getName());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new ChildJvm(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** The class path of this process; Surefire hides it behind a jar of its own. */
    public static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    /** The entries of {@link #classPath()}. */
    public static List<String> classPathEntries() {
        return List.of(classPath().split(File.pathSeparator, -1));
    }

    /** A copy of what the child needs, for another user may not read this one's home. */
    public static String readableClassPath(Path home) throws IOException {
        List<String> entries = new ArrayList<>();
        for (String entry : classPathEntries()) {
            Path from = Path.of(entry);
            Path to = home.resolve("cp" + entries.size() + (Files.isDirectory(from) ? "" : ".jar"));
            if (Files.isDirectory(from)) {
                copy(from, to);
            } else if (Files.exists(from)) {
                Files.copy(from, to);
            }
            entries.add(to.toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    public long pid() {
        return process.pid();
    }

    /** Waits until the child prints exactly this line. */
    public void await(String line) throws IOException {
        String next = output.readLine();
        while (next != null && !next.equals(line)) {
            said.add(next);
            next = output.readLine();
        }
        if (next == null) {
            throw new AssertionError("the child never said '" + line + "' but:\n" + String.join("\n", said));
        }
    }

    /** Kills it with SIGKILL and waits until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        waitFor();
    }

    /** Waits for its end and fails unless it succeeded. */
    public void succeed() throws IOException, InterruptedException {
        output.lines().forEach(said::add);
        int code = waitFor();
        if (code != 0) {
            throw new AssertionError("the child ended with " + code + ":\n" + String.join("\n", said));
        }
    }

    private int waitFor() throws InterruptedException {
        if (!process.waitFor(Race.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the child " + process.pid() + " does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        output.close();
    }

    /** For children: says a line and then waits to be killed. */
    public static void sayAndHang(String line) {
        System.out.println(line);
        System.out.flush();
        while (true) {
            LockSupport.park();
        }
    }
}
