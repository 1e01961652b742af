package dev.axiom.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.Pin;
import dev.axiom.core.pool.HoldTag;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.Pins;
import dev.axiom.core.store.StoreLocks;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinsTest {
    private static final Pin KEEP = new Pin("keep", "for the audit", Letters.ids("a b"));

    private TestStore store;
    private Pins pins;
    private Lease lease;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = new TestStore(folder.resolve("pool"));
        store.add("a b c");
        pins = new Pins(store.records(), new StoreLocks(store.layout(), Duration.ZERO, "test"));
        lease = store.pool().lease("test");
    }

    @AfterEach
    void close() {
        lease.close();
        store.close();
    }

    private static void assertCode(Throwable e, ErrorCode code) {
        assertThat(e).isInstanceOf(AxiomException.class);
        assertThat(((AxiomException) e).code()).isEqualTo(code);
    }

    @Test
    void aPinHoldsAndIsListed() {
        pins.add(lease, KEEP);
        assertThat(pins.list()).containsExactly(KEEP);
        assertThat(store.holds("a")).containsExactly(new HoldTag("pin:keep"));
    }

    @Test
    void aNameIsTakenOnce() {
        pins.add(lease, KEEP);
        assertThatThrownBy(() -> pins.add(lease, new Pin("keep", "", Letters.ids("c"))))
                .satisfies(e -> assertCode(e, ErrorCode.CONFLICT));
        assertThat(pins.list()).containsExactly(KEEP);
    }

    @Test
    void aPinOfSomethingMissingLeavesNothing() {
        assertThatThrownBy(() -> pins.add(lease, new Pin("odd", "", Letters.ids("a z"))))
                .satisfies(e -> assertCode(e, ErrorCode.NOT_FOUND));
        assertThat(pins.list()).isEmpty();
        assertThat(store.holds("a")).isEmpty();
    }

    @Test
    void aRemovedPinReleases() {
        pins.add(lease, KEEP);
        pins.remove(lease, "keep");
        assertThat(pins.list()).isEmpty();
        assertThat(store.holds("a")).isEmpty();
        assertThatThrownBy(() -> pins.remove(lease, "keep")).satisfies(e -> assertCode(e, ErrorCode.NOT_FOUND));
        assertThatThrownBy(() -> pins.remove(lease, "../keep")).satisfies(e -> assertCode(e, ErrorCode.INVALID));
    }

    @Test
    void aPinWithoutANameIsCalledAfterItsPackage() {
        assertThat(Pins.nameFor(Letters.id("a"))).isEqualTo("a-1_1");
        assertThat(Pin.requireName(Pins.nameFor(Letters.id("g++")))).isEqualTo("g__-1_1");
        assertThat(Pin.requireName(Pins.nameFor(Letters.id("x".repeat(64))))).hasSize(64);
    }
}
