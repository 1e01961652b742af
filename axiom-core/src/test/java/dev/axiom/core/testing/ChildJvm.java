package dev.axiom.core.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.function.Predicate;

/**
 * A real process that runs a main class of the tests, to be waited for or killed. It says on its standard output how
 * far it is; what it says in vain is shown when a test fails.
 */
public final class ChildJvm implements AutoCloseable {
    /** What a child runs below to be a user without rights; only root may do that. */
    public static final List<String> NOBODY = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    private static final int WARNS = 24; // the Java that began to warn of native libraries, JEP 472 and 498

    private final Process process;
    private final BufferedReader output;
    private final List<String> said = new ArrayList<>();

    private ChildJvm(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts the class with these arguments. */
    public static ChildJvm start(Class<?> main, Object... arguments) {
        return start(List.of(), classPath(), main, arguments);
    }

    /**
     * Starts the class below another program.
     *
     * @param prefix the program and its options, such as {@code setpriv --reuid=65534}
     */
    public static ChildJvm start(List<String> prefix, String classPath, Class<?> main, Object... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(java(classPath, main));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        try {
            return new ChildJvm(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command that runs a class by this Java, with as little memory and start-up as a test needs. */
    public static List<String> java(String classPath, Class<?> main) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
        if (Runtime.version().feature() >= WARNS) { // as bin/axiom and its jar's manifest have it
            command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"));
        }
        command.addAll(List.of("-cp", classPath, main.getName()));
        return command;
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

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Its next line; fails if there is none. */
    public String line() {
        return await(next -> true, "anything more");
    }

    /** Waits until the child prints exactly this line. */
    public void await(String line) {
        await(line::equals, "'" + line + "'");
    }

    /** Waits for a line that begins so, and returns it. */
    public String awaitStart(String start) {
        return await(line -> line.startsWith(start), "'" + start + "…'");
    }

    private String await(Predicate<String> wanted, String what) {
        try {
            String next = output.readLine();
            while (next != null && !wanted.test(next)) {
                said.add(next);
                next = output.readLine();
            }
            if (next == null) {
                throw new AssertionError("the child never said " + what + " but:\n" + String.join("\n", said));
            }
            return next;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that it says until its end. */
    public String rest() {
        return String.join("\n", output.lines().toList());
    }

    /** Lets it go on, if it waits for input. */
    public void proceed() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM; what the child says is still heard. */
    public void terminate() {
        process.toHandle().destroy();
    }

    /** Kills it with SIGKILL and waits until it is gone. */
    public void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** Waits for its end and fails unless it succeeded. */
    public void succeed() {
        output.lines().forEach(said::add);
        int code = exitCode();
        if (code != 0) {
            throw new AssertionError("the child ended with " + code + ":\n" + String.join("\n", said));
        }
    }

    /** Waits for its end. */
    public int exitCode() {
        try {
            if (!process.waitFor(Race.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the child " + process.pid() + " does not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kill();
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
