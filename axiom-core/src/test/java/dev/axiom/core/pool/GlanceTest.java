package dev.axiom.core.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading a dataset that nothing protects: what is said is of a dataset that was there all the time. */
class GlanceTest {
    private static final DatasetName NAME = new DatasetName("store/bash");

    private Pool pool;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        pool = DirectoryPool.create(folder.resolve("pool"));
        publish();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private void publish() {
        try (Lease lease = pool.lease("publish");
                Staging staging = lease.stage()) {
            Files.writeString(staging.path().resolve("content"), "bash");
            staging.seal(Map.of(), 1);
            staging.publish(NAME);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void destroy() {
        try (Lease lease = pool.lease("collect")) {
            assertThat(pool.destroyUnheld(
                            lease,
                            List.of(new Condemned(
                                    NAME, pool.find(NAME).orElseThrow().deadSince()))))
                    .extracting(Destruction::outcome)
                    .containsExactly(Destruction.Outcome.DESTROYED);
        }
    }

    private static String content(Path folder) {
        try {
            return Files.readString(folder.resolve("content"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatIsThereIsReadAndNoLeaseIsTaken() {
        assertThat(pool.<String>glance(NAME, folder -> {
                    assertThat(pool.leases()).isEmpty();
                    return content(folder);
                }))
                .isEqualTo("bash");
    }

    @Test
    void whatIsNotThereIsMissing() {
        destroy();
        assertThatExceptionOfType(DatasetMissingException.class)
                .isThrownBy(() -> pool.glance(NAME, GlanceTest::content));
    }

    @Test
    void whatGoesMeanwhileIsSaidToWhetherTheReadingFailsOrNot() {
        assertThatThrownBy(() -> pool.glance(NAME, folder -> {
                    destroy();
                    return content(folder);
                }))
                .isInstanceOf(DatasetMissingException.class)
                .hasMessage("store/bash was removed meanwhile")
                .hasCauseInstanceOf(UncheckedIOException.class);
        publish();
        assertThatThrownBy(() -> pool.glance(NAME, folder -> {
                    String half = content(folder);
                    destroy();
                    return half;
                }))
                .isInstanceOf(DatasetMissingException.class)
                .hasMessage("store/bash was removed meanwhile");
    }

    @Test
    void whatWasRemovedAndAddedAgainMeanwhileIsNotTakenForTheSame() {
        assertThatExceptionOfType(DatasetMissingException.class)
                .isThrownBy(() -> pool.glance(NAME, folder -> {
                    destroy();
                    publish();
                    return content(folder);
                }));
    }

    @Test
    void whatIsMarkedOrHeldMeanwhileIsTheSame() {
        assertThat(pool.<String>glance(NAME, folder -> {
                    pool.markDead(List.of(NAME), PoolFixture.LONG_AGO);
                    pool.hold(PoolFixture.PIN, List.of(NAME));
                    return content(folder);
                }))
                .isEqualTo("bash");
    }

    @Test
    void theReadingsOwnFailurePassesThrough() {
        assertThatThrownBy(() -> pool.glance(NAME, folder -> {
                    throw new IllegalStateException("damaged");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("damaged");
    }
}
