package dev.axiom.core.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.axiom.core.testing.ChildJvm;
import dev.axiom.core.testing.Race;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree goes, and nothing but the tree. */
class OddTreesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void whatIsNotThereIsRemovedAlready() throws Exception {
        TreeRemoval.delete(folder.resolve("none"));
        TreeRemoval.delete(folder.resolve("none/below"));
    }

    @Test
    void aFileOrALinkIsATreeToo() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "x");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        TreeRemoval.delete(link);
        assertThat(file).exists();
        TreeRemoval.delete(file);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void linksAreNeverFollowed() throws Exception {
        Path outside = Files.createDirectories(folder.resolve("outside/deep"));
        Files.writeString(outside.resolve("file"), "kept");
        Path tree = Files.createDirectories(folder.resolve("tree/below"));
        Files.createSymbolicLink(tree.resolve("absolute"), outside);
        Files.createSymbolicLink(tree.resolve("relative"), Path.of("../../outside"));
        Files.createSymbolicLink(tree.resolve("dangling"), Path.of("nowhere"));
        Files.createSymbolicLink(tree.resolve("self"), Path.of("self"));
        Files.createSymbolicLink(tree.resolve("up"), Path.of(".."));
        TreeRemoval.delete(folder.resolve("tree"));
        assertThat(folder.resolve("tree")).doesNotExist();
        assertThat(outside.resolve("file")).hasContent("kept");
    }

    @Test
    void depthAndWidthDoNotMatter() throws Exception {
        StringBuilder deep = new StringBuilder("tree");
        for (int i = 0; i < 200; i++) {
            deep.append("/d");
        }
        Path bottom = Files.createDirectories(folder.resolve(deep.toString()));
        for (int i = 0; i < 500; i++) {
            Files.createFile(bottom.resolve("f" + i));
            Files.createDirectory(folder.resolve("tree/w" + i));
        }
        TreeRemoval.delete(folder.resolve("tree"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void manyMayDeleteTheSameTree() throws Exception {
        for (int round = 0; round < 10; round++) {
            Path tree = folder.resolve("tree");
            for (int i = 0; i < 20; i++) {
                Path below = Files.createDirectories(tree.resolve("d" + i + "/e/f"));
                Files.createFile(below.resolve("file"));
                Files.createFile(tree.resolve("d" + i + "/file"));
            }
            Race.run(6, number -> TreeRemoval.delete(tree));
            assertThat(tree).doesNotExist();
        }
    }

    @Test
    void namesInAnyEncodingGo() throws Exception {
        makeOddNames();
        TreeRemoval.delete(folder.resolve("tree"));
        assertThat(folder.resolve("tree")).doesNotExist();
    }

    @Test
    void namesGoInAPlainLocaleToo() throws Exception {
        makeOddNames();
        List<String> plain = List.of("env", "LC_ALL=C");
        try (ChildJvm child = ChildJvm.start(plain, ChildJvm.classPath(), Remover.class, folder.resolve("tree"))) {
            child.succeed();
        }
        assertThat(folder.resolve("tree")).doesNotExist();
    }

    /** Removes a tree in a process of its own. */
    static final class Remover {
        private Remover() {}

        public static void main(String[] arguments) throws IOException {
            TreeRemoval.delete(Path.of(arguments[0]));
        }
    }

    /** Names in Latin-1, in UTF-8 and in no encoding at all; the JDK cannot make them, a shell can. */
    private void makeOddNames() throws Exception {
        String script = "mkdir -p tree/ok && cd tree && for d in caf$(printf '\\351') na$(printf '\\303\\257')ve"
                + " $(printf '\\377\\376'); do mkdir -p \"$d/$d\" ok/\"$d\" && echo x > \"$d/$d/$d\" && echo y > ok/\"$d\"/f"
                + " && echo z > ok/\"f$d\"; done";
        Process shell = new ProcessBuilder("sh", "-c", script)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        Assumptions.assumeTrue(shell.waitFor() == 0, "this file system takes no such names");
    }

    @Test
    void whatCannotGoIsNamed() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> TreeRemoval.delete(Path.of("/proc/self/fdinfo")))
                .withMessageContaining("/proc/self/fdinfo");
    }
}
