package dev.axiom.cli.page;

import dev.axiom.cli.CommandTree;
import dev.axiom.cli.command.VersionCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Finishes the distribution folder once its jars are in place. Run by the build: {@code Distribution SOURCES TARGET},
 * where {@code SOURCES} holds the launcher.
 */
public final class Distribution {
    private final Path target;

    private Distribution(Path target) {
        this.target = target;
    }

    /** Entry for the build. */
    public static void main(String[] args) throws IOException {
        Path sources = Path.of(args[0]);
        Distribution distribution = new Distribution(Path.of(args[1]));
        distribution.launcher(sources.resolve("bin/axiom"));
        distribution.unit(sources.resolve("share/systemd/axiom-mount.service"));
        distribution.buildId();
        CommandLine line = CommandTree.whole();
        distribution.completions(line);
        distribution.manual(line);
    }

    private void launcher(Path source) throws IOException {
        Path launcher = target.resolve("bin/axiom");
        Files.createDirectories(launcher.getParent());
        Files.copy(source, launcher, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void unit(Path source) throws IOException {
        Path folder = Files.createDirectories(target.resolve("share/systemd"));
        Files.copy(source, folder.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }

    /** Names the jars by their content: the launcher files its class archives under it. */
    private void buildId() throws IOException {
        MessageDigest digest = sha256();
        for (Path jar : jars()) {
            try (InputStream in = new DigestInputStream(Files.newInputStream(jar), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
        String id = HexFormat.of().formatHex(digest.digest()).substring(0, 16);
        Files.writeString(target.resolve("lib/build-id"), id + "\n");
    }

    private List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.list(target.resolve("lib"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private void completions(CommandLine line) throws IOException {
        Path folder = Files.createDirectories(target.resolve("share/completions"));
        for (Completion shell : Completion.values()) {
            Files.writeString(folder.resolve(shell.fileName()), shell.script(line));
        }
    }

    private void manual(CommandLine line) throws IOException {
        Path folder = Files.createDirectories(target.resolve("share/man/man1"));
        Files.writeString(folder.resolve(ManPage.fileName(line)), ManPage.roff(line, VersionCommand.version()));
        for (CommandLine child : line.getSubcommands().values()) {
            manual(child);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
