package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.pool.DirectoryPool;
import dev.axiom.core.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@link Torture} on a {@code dir:} pool: twenty seconds here, longer with {@code -Daxiom.torture=SECONDS}; it can also be
 * run by itself, on a pool of either kind.
 */
@ExtendWith(Seeds.class)
class TortureIT {
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("axiom.torture", 20));
    private static final int CLIENTS = Integer.getInteger("axiom.torture.clients", 8);

    @Test
    void nobodyLosesAnythingNorHasToTryAgain(@TempDir Path folder) throws Exception {
        Path pool = folder.resolve("pool");
        Torture torture = new Torture(
                System.getProperty("axiom.distribution") + "/bin/axiom", "dir:" + pool, folder, Seeds.seed());
        torture.prepare();
        torture.run(CLIENTS, TIME);
        torture.audit();
        System.out.println(torture.report());
        assertThat(torture.failures()).isEmpty();
        assertThat(torture.kills()).isPositive();
        assertThat(torture.collections()).isPositive();
        try (DirectoryPool opened = DirectoryPool.open(pool)) {
            for (int owner = 0; owner < 3; owner++) {
                Wholeness.check(opened, "p" + owner, "e" + owner);
            }
        }
        assertNothingIsLeftOver(pool);
    }

    private static void assertNothingIsLeftOver(Path pool) throws IOException {
        for (String parent : List.of("staging", "trash", "state/leases")) {
            try (Stream<Path> left = Files.list(pool.resolve(parent))) {
                assertThat(left).as(parent).isEmpty();
            }
        }
    }
}
