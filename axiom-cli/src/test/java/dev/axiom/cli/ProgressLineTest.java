package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Instant now = Instant.EPOCH;
    private final InstantSource source = () -> now;
    private final Clock clock = source.withZone(ZoneOffset.UTC);

    @Test
    void theLineIsReplacedAndVanishes() {
        ProgressLine line = new ProgressLine(err, true, clock);
        line.show("1 of 2");
        now = now.plusMillis(100);
        line.show("2 of 2");
        line.erase();
        line.erase();
        assertThat(shown()).isEqualTo("\r\033[K1 of 2\r\033[K2 of 2\r\033[K");
    }

    @Test
    void fasterThanAnyoneReadsIsLeftOut() {
        ProgressLine line = new ProgressLine(err, true, clock);
        line.show("first");
        now = now.plusMillis(99);
        line.show("too soon");
        assertThat(shown()).isEqualTo("\r\033[Kfirst");
    }

    @Test
    void aLineNeverWraps() {
        ProgressLine line = new ProgressLine(err, true, clock);
        line.show("x".repeat(200));
        assertThat(shown()).isEqualTo("\r\033[K" + "x".repeat(79));
    }

    @Test
    void withoutATerminalThereIsNothing() {
        ProgressLine line = new ProgressLine(err, false, clock);
        line.show("1 of 2");
        line.erase();
        assertThat(shown()).isEmpty();
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
