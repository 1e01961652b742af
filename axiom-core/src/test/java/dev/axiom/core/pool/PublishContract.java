package dev.axiom.core.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.testing.Race;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Staging, sealing, publishing, listing. */
abstract class PublishContract extends PoolFixture {

    @Test
    void aNewPoolIsEmpty() {
        assertThat(pool.list(STORE)).isEmpty();
        assertThat(pool.parents(ENV)).isEmpty();
        assertThat(pool.find(pkg("none"))).isEmpty();
        assertThat(pool.holds(pkgs("none"))).isEmpty();
        assertThat(pool.location()).matches("[a-z]+:.+");
    }

    @Test
    void aParentThatIsMissingHasNoDatasets() {
        assertThat(pool.list(ENV.child("none"))).isEmpty();
        assertThat(pool.parents(ENV.child("none"))).isEmpty();
    }

    @Test
    void aPublishedDatasetIsListedAndFoundWithItsProperties() throws Exception {
        Map<String, String> properties = Map.of("name", "bash", "version", "5.2.15", "a.b_c-d", "x");
        DatasetName name = publish(lease, pkg("bash"), properties);
        assertThat(pool.list(STORE)).singleElement().satisfies(dataset -> {
            assertThat(dataset.name()).isEqualTo(name);
            assertThat(dataset.properties()).isEqualTo(properties);
            assertThat(dataset.deadSince()).isEmpty();
            assertThat(dataset.bytes()).isNotNegative();
        });
        assertThat(pool.find(name).map(Dataset::properties)).contains(properties);
    }

    @Test
    void nobodySeesAStagingBeforeItIsPublished() throws Exception {
        try (Staging staging = filled(lease, "x")) {
            assertThat(pool.list(STORE)).isEmpty();
            staging.seal(Map.of(), 1);
            assertThat(pool.list(STORE)).isEmpty();
            staging.publish(pkg("x"));
            assertThat(listed(STORE)).isEqualTo(pkgs("x"));
        }
    }

    @Test
    void aDatasetHoldsWhatWasFilledIn() throws Exception {
        try (Staging staging = lease.stage()) {
            Path folder = Files.createDirectories(staging.path().resolve("root/bin"));
            Files.writeString(folder.resolve("tool"), "#!/bin/sh\n");
            assertThat(folder.resolve("tool").toFile().setExecutable(true)).isTrue();
            Files.createSymbolicLink(folder.resolve("link"), Path.of("tool"));
            staging.seal(Map.of(), 10);
            staging.publish(pkg("tool"));
        }
        Path bin = lease.open(pkg("tool")).resolve("root/bin");
        assertThat(bin.resolve("tool")).hasContent("#!/bin/sh\n").isExecutable();
        assertThat(Files.readSymbolicLink(bin.resolve("link"))).isEqualTo(Path.of("tool"));
    }

    @Test
    void aTakenNameLeavesBothAsTheyWere() throws Exception {
        publish(lease, pkg("bash"), Map.of("who", "first"));
        try (Staging loser = filled(lease, "loser")) {
            loser.seal(Map.of("who", "second"), 1);
            assertThatExceptionOfType(DatasetExistsException.class)
                    .isThrownBy(() -> loser.publish(pkg("bash")))
                    .satisfies(e -> assertThat(e.name()).isEqualTo(pkg("bash")))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
            assertThat(contentOf(loser.path())).isEqualTo("loser");
            loser.publish(pkg("other"));
        }
        assertThat(contentOf(lease.open(pkg("bash")))).isEqualTo("bash");
        assertThat(contentOf(lease.open(pkg("other")))).isEqualTo("loser");
        assertThat(pool.find(pkg("bash")).orElseThrow().properties()).containsEntry("who", "first");
        assertThat(pool.find(pkg("other")).orElseThrow().properties()).containsEntry("who", "second");
    }

    @Test
    void exactlyOneOfManyRacingPublishersWins() throws Exception {
        List<Boolean> won = Race.results(12, number -> {
            try (Lease own = pool.lease("racer " + number);
                    Staging staging = filled(own, "racer " + number)) {
                staging.seal(Map.of("who", "" + number), 1);
                staging.publish(pkg("prize"));
                return true;
            } catch (DatasetExistsException taken) {
                return false;
            }
        });
        assertThat(won).containsOnlyOnce(true);
        int winner = won.indexOf(true);
        assertThat(contentOf(lease.open(pkg("prize")))).isEqualTo("racer " + winner);
        assertThat(pool.find(pkg("prize")).orElseThrow().properties()).containsEntry("who", "" + winner);
        assertThat(listed(STORE)).isEqualTo(pkgs("prize"));
    }

    @Test
    void whatIsNotSealedCannotBePublished() throws Exception {
        try (Staging staging = filled(lease, "x")) {
            assertThatExceptionOfType(AxiomException.class).isThrownBy(() -> staging.publish(pkg("x")));
            assertThat(exists(pkg("x"))).isFalse();
        }
    }

    @Test
    void aSealIsForGood() throws Exception {
        try (Staging staging = filled(lease, "x")) {
            staging.seal(Map.of("k", "1"), 1);
            assertThatExceptionOfType(AxiomException.class).isThrownBy(() -> staging.seal(Map.of("k", "2"), 2));
            staging.publish(pkg("x"));
        }
        assertThat(pool.find(pkg("x")).orElseThrow().properties()).containsEntry("k", "1");
    }

    @Test
    void aClosedStagingIsGone() throws Exception {
        Staging open = filled(lease, "x");
        Staging sealed = filled(lease, "y");
        sealed.seal(Map.of(), 1);
        for (Staging staging : List.of(open, sealed)) {
            Path folder = staging.path();
            staging.close();
            staging.close();
            assertThat(Files.exists(folder, LinkOption.NOFOLLOW_LINKS)).isFalse();
            assertThatExceptionOfType(AxiomException.class).isThrownBy(() -> staging.publish(pkg("x")));
        }
        assertThat(pool.list(STORE)).isEmpty();
    }

    @Test
    void closingAPublishedStagingDoesNothing() throws Exception {
        Staging staging = filled(lease, "x");
        staging.seal(Map.of(), 1);
        staging.publish(pkg("x"));
        staging.close();
        staging.close();
        assertThat(contentOf(lease.open(pkg("x")))).isEqualTo("x");
        assertThatExceptionOfType(AxiomException.class).isThrownBy(() -> staging.publish(pkg("y")));
    }

    @Test
    void stagingsOfOneLeaseAreApart() throws Exception {
        Set<Path> folders = new HashSet<>();
        Set<DatasetName> names = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            Staging staging = filled(lease, "" + i);
            names.add(staging.name());
            folders.add(staging.path());
            assertThat(staging.name().value()).startsWith("staging/" + lease.id() + "-");
        }
        assertThat(names).hasSize(20);
        assertThat(folders).hasSize(20);
    }

    @Test
    void theLongestNameWorksEverywhere() throws Exception {
        DatasetName name = pkg("n".repeat(DatasetName.MAX_LENGTH - "store/".length()));
        publish(name.leaf());
        pool.markDead(List.of(name), LONG_AGO);
        pool.hold(PIN, List.of(name));
        assertThat(listed(STORE)).containsExactly(name);
        assertThat(pool.holds(List.of(name))).containsEntry(name, Set.of(PIN));
        pool.release(PIN, List.of(name));
        assertThat(destroy(name)).isEqualTo(Destruction.Outcome.DESTROYED);
    }

    @Test
    void propertyValuesMayBeAnyText() throws Exception {
        Map<String, String> properties = Map.of(
                "lines", "one\ntwo\r\n\nfour\n",
                "backslashes", "\\n \\ \\\\n a\\",
                "unicode", "żółć 包 😀 \u2028\u0085",
                "signs", "a=b=c # ' \" $x `y`\t;",
                "empty", "",
                "long", "ä".repeat(4_000),
                "end", "end 1");
        publish(lease, pkg("text"), properties);
        assertThat(pool.find(pkg("text")).map(Dataset::properties)).contains(properties);
        publish(lease, pkg("nothing"), Map.of());
        assertThat(pool.find(pkg("nothing")).map(Dataset::properties)).contains(Map.of());
    }

    @Test
    void propertiesThatCannotBeKeptAreRefusedBeforeTheSeal() throws Exception {
        List<Map<String, String>> refused = List.of(
                Map.of("Upper", "x"),
                Map.of("a=b", "x"),
                Map.of("a\nb", "x"),
                Map.of("", "x"),
                Map.of("k", "x".repeat(8_001)),
                Map.of("k", "ä".repeat(4_001)),
                Map.of("k", "nul\0"),
                Map.of("k", "half a pair \ud800"));
        try (Staging staging = filled(lease, "x")) {
            for (Map<String, String> properties : refused) {
                assertThatExceptionOfType(AxiomException.class)
                        .isThrownBy(() -> staging.seal(properties, 1))
                        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID));
            }
            staging.seal(Map.of("k", "x".repeat(8_000)), 1);
            staging.publish(pkg("x"));
        }
        assertThat(exists(pkg("x"))).isTrue();
    }

    @Test
    void manyDatasetsAreListed() throws Exception {
        List<DatasetName> expected = publishMany(many());
        List<Dataset> all = pool.list(STORE);
        assertThat(all).extracting(Dataset::name).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(all).allSatisfy(dataset -> assertThat(dataset.name().leaf())
                .isEqualTo("p" + dataset.properties().get("number")));
    }

    @Test
    void generationsLieBelowTheirEnvironment() throws Exception {
        for (String name : List.of("dev/1", "dev/2", "prod/1")) {
            publish(lease, new DatasetName("env/" + name), Map.of("of", name));
        }
        assertThat(pool.parents(ENV)).containsExactlyInAnyOrder(ENV.child("dev"), ENV.child("prod"));
        assertThat(listed(ENV.child("dev")))
                .containsExactly(new DatasetName("env/dev/1"), new DatasetName("env/dev/2"));
        assertThat(pool.list(STORE)).isEmpty();
    }

    @Test
    void whatIsPublishedOutlivesTheProcess() throws Exception {
        publish(lease, pkg("bash"), Map.of("k", "v"));
        lease.close();
        pool = reopen(pool);
        lease = pool.lease("second");
        assertThat(pool.find(pkg("bash")).map(Dataset::properties)).contains(Map.of("k", "v"));
        assertThat(contentOf(lease.open(pkg("bash")))).isEqualTo("bash");
    }

    @Test
    void stateFilesOutliveTheProcess() throws Exception {
        Files.writeString(pool.state().resolve("note"), "kept");
        pool.sync();
        lease.close();
        pool = reopen(pool);
        lease = pool.lease("second");
        assertThat(pool.state().resolve("note")).hasContent("kept");
    }

    @Test
    void aNameThatNobodyPublishedIsNotFound() throws Exception {
        publish("bash");
        assertThat(pool.find(pkg("bas"))).isEqualTo(Optional.empty());
        assertThat(pool.find(pkg("bash2"))).isEqualTo(Optional.empty());
    }
}
