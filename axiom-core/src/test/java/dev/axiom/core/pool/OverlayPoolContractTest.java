package dev.axiom.core.pool;

import dev.axiom.core.os.TreeRemoval;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The directory pool keeps the contract in a container's usual file system. Needs root. */
class OverlayPoolContractTest extends DirectoryPoolContractTest {
    private static Optional<Path> made = Optional.empty();

    @BeforeAll
    static void mount() throws Exception {
        Path layers = FileSystems.inMemory("overlay");
        made = Optional.of(layers);
        for (String layer : new String[] {"lower", "upper", "work"}) {
            Files.createDirectory(layers.resolve(layer));
        }
        String options = "lowerdir=" + layers.resolve("lower") + ",upperdir=" + layers.resolve("upper") + ",workdir="
                + layers.resolve("work");
        FileSystems.mount(layers.resolve("merged"), "-t", "overlay", "overlay", "-o", options);
    }

    @AfterAll
    static void unmount() throws Exception {
        if (made.isPresent()) {
            FileSystems.unmountIfMounted(made.get().resolve("merged"));
            TreeRemoval.delete(made.get());
        }
    }

    @Override
    Path newPlace() throws Exception {
        return Files.createTempDirectory(made.orElseThrow().resolve("merged"), "pool-");
    }

    @Override
    protected int rounds() {
        return 40;
    }
}
