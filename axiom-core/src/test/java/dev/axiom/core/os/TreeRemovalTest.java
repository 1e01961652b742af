package dev.axiom.core.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.archive.ReadOnlyTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tree goes wholly, sealed or not, and nothing else goes. */
class TreeRemovalTest {
    private Path dir;

    @BeforeEach
    void makeDir(@TempDir Path temporary) {
        dir = temporary;
    }

    private Path tree(int folders) throws IOException {
        Path tree = Files.createDirectories(dir.resolve("tree"));
        for (int i = 0; i < folders; i++) {
            Path folder = Files.createDirectories(tree.resolve("f" + i + "/g"));
            Files.writeString(folder.resolve("x"), "x");
            Files.createSymbolicLink(folder.resolve("link"), dir);
        }
        return tree;
    }

    @Test
    void aSealedTreeGoesAndWhatItsLinksLeadToStays() throws IOException {
        Files.writeString(dir.resolve("precious"), "x");
        Path tree = tree(5);
        ReadOnlyTree.seal(tree);
        Files.setPosixFilePermissions(tree.resolve("f3"), PosixFilePermissions.fromString("---------"));

        TreeRemoval.delete(tree);

        assertThat(tree).doesNotExist();
        assertThat(dir.resolve("precious")).exists();
    }

    @Test
    void aLinkGoesButNotItsTarget() throws IOException {
        Path tree = tree(1);
        Path link = Files.createSymbolicLink(dir.resolve("link"), tree);

        TreeRemoval.delete(link);

        assertThat(Files.isSymbolicLink(link)).isFalse();
        assertThat(tree.resolve("f0/g/x")).exists();
    }

    @Test
    void aFileAndNothingAreFineToo() throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "x");

        TreeRemoval.delete(file);
        TreeRemoval.delete(file);
        TreeRemoval.delete(dir.resolve("no/such/parent"));

        assertThat(file).doesNotExist();
    }

    @Test
    void namesThatAreNotUtf8GoToo() throws IOException {
        Path tree = tree(0);
        try (Folder folder = Folder.open(tree)) {
            folder.createNew("caf\udce9", 0644).close();
            folder.makeFolder("d\udcff\udcfe\u00e9", 0755);
            assertThat(folder.list()).allMatch(name -> name.text().startsWith("d") || !name.valid());
        }

        TreeRemoval.delete(tree);

        assertThat(tree).doesNotExist();
    }

    @Test
    void aDeepTreeGoes() throws IOException {
        Path tree = deepTree(TreeRemoval.DEPTH);

        TreeRemoval.delete(tree);

        assertThat(tree).doesNotExist();
    }

    /** As nobody but a person can have put there. */
    @Test
    void aTreeThatIsTooDeepIsSaidSoAndStays() throws IOException {
        Path tree = deepTree(TreeRemoval.DEPTH + 100);

        assertThatThrownBy(() -> TreeRemoval.delete(tree))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than " + TreeRemoval.DEPTH + " folders deep");

        assertThat(tree).exists();
    }

    /** Made name by name, for a path may not be as long. */
    private Path deepTree(int depth) throws IOException {
        Path tree = tree(0);
        Folder folder = Folder.open(tree);
        for (int i = 0; i < depth; i++) {
            folder.makeFolder("d", 0755);
            Folder below = folder.folder("d");
            folder.close();
            folder = below;
        }
        folder.close();
        return tree;
    }

    @Test
    void severalMayDeleteTheSameTreeAtOnce() throws Exception {
        int deleters = 8;
        ExecutorService threads = Executors.newFixedThreadPool(deleters);
        try {
            for (int round = 0; round < 20; round++) {
                Path tree = tree(20);
                CyclicBarrier start = new CyclicBarrier(deleters);
                List<Future<?>> all = new ArrayList<>();
                for (int i = 0; i < deleters; i++) {
                    all.add(threads.submit(() -> {
                        start.await();
                        TreeRemoval.delete(tree);
                        return null;
                    }));
                }
                for (Future<?> each : all) {
                    each.get();
                }
                assertThat(tree).doesNotExist();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
