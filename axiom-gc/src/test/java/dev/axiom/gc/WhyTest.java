package dev.axiom.gc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.pool.Lease;
import dev.axiom.core.store.PackageStore;
import dev.axiom.core.store.RecordKey;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.StoreLayout;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhyTest {
    private TestStore store;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = new TestStore(folder.resolve("pool"));
        store.add("app", "lib; tool");
        store.add("lib", "base");
        store.add("tool base alone");
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Why.Answer why(String letter) {
        return Why.explain(
                store.target(),
                new PackageStore(store.pool()).find(Letters.id(letter)).orElseThrow());
    }

    private static List<String> chain(String root, String letters) {
        List<String> chain = new ArrayList<>(List.of(root));
        Letters.ids(letters).forEach(id -> chain.add(id.toString()));
        return chain;
    }

    @Test
    void theChainGoesFromTheRootOverWhatWasAskedForToThePackage() {
        store.root("profile dev 3", "app base lib tool");
        assertThat(why("base").chains()).containsExactly(chain("profile dev generation 3", "app lib base"));
        assertThat(why("app").chains()).containsExactly(chain("profile dev generation 3", "app"));
        assertThat(why("base").isLive()).isTrue();
    }

    @Test
    void everyRootHasAChain() {
        store.root("profile dev 3", "app base lib tool");
        store.root("profile dev 4", "lib base");
        store.root("env dev 3", "app base lib tool");
        store.root("pin keep", "base");
        assertThat(why("base").chains())
                .containsExactly(
                        chain("profile dev generation 3", "app lib base"),
                        chain("profile dev generation 4", "lib base"),
                        chain("env dev generation 3", "app lib base"),
                        chain("pin keep", "base"));
    }

    @Test
    void anEnvironmentWhoseLockFileIsGoneStartsAtWhatNothingNeeds() {
        store.root("env dev 7", "base lib app tool");
        assertThat(why("base").chains()).containsExactly(chain("env dev generation 7", "app lib base"));
    }

    @Test
    void aPackageThatNothingInItsRootNeedsHangsOnTheRootItself() {
        store.root("profile dev 1", "app base lib tool alone");
        assertThat(why("alone").chains()).containsExactly(chain("profile dev generation 1", "alone"));
    }

    @Test
    void packagesThatNeedEachOtherEndSomewhere() {
        store.add("x", "y");
        store.add("y", "x");
        store.root("env round 1", "x y");
        store.root("profile round 2", "x y");
        assertThat(why("y").chains())
                .containsExactly(chain("profile round generation 2", "x y"), chain("env round generation 1", "y"));
    }

    @Test
    void aLeaseIsNamedByWhatItsOwnerSaid() {
        try (Lease lease = store.pool().lease("axiom env run dev")) {
            lease.protect(List.of(StoreLayout.packageDataset(Letters.id("alone"))));
            assertThat(why("alone").chains()).singleElement().satisfies(chain -> {
                assertThat(chain.get(0))
                        .startsWith("axiom env run dev (pid "
                                + ProcessHandle.current().pid());
                assertThat(chain.get(1)).isEqualTo(Letters.id("alone").toString());
            });
        }
    }

    @Test
    void aDeadPackageSaysSinceWhen() {
        assertThat(why("alone").isLive()).isFalse();
        assertThat(why("alone").deadSince()).as("no collection has looked yet").isEmpty();
        Instant then = Instant.parse("2026-06-01T12:00:00Z");
        store.collector(new TestClock(then)).run(CollectOptions.DEFAULT, store.surroundings());
        assertThat(why("alone").deadSince()).contains(then);
        store.root("pin keep", "alone");
        assertThat(why("alone").deadSince()).isEmpty();
        store.unroot(new RecordKey(RecordKind.PIN, "keep", 0));
        assertThat(why("alone").isLive()).isFalse();
    }
}
