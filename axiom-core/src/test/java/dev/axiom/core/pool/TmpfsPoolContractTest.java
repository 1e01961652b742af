package dev.axiom.core.pool;

import dev.axiom.core.os.TreeRemoval;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The directory pool keeps the contract in memory. */
class TmpfsPoolContractTest extends DirectoryPoolContractTest {
    private static Optional<Path> memory = Optional.empty();

    @BeforeAll
    static void open() throws Exception {
        memory = Optional.of(FileSystems.inMemory("contract"));
    }

    @AfterAll
    static void remove() throws Exception {
        if (memory.isPresent()) {
            TreeRemoval.delete(memory.get());
        }
    }

    @Override
    Path newPlace() throws Exception {
        return Files.createTempDirectory(memory.orElseThrow(), "pool-");
    }

    @Override
    protected int many() {
        return 1_000;
    }

    @Override
    protected int rounds() {
        return 40;
    }
}
