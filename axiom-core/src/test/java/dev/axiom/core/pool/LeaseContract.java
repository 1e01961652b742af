package dev.axiom.core.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.pool.Destruction.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Leases: what they protect, and how they end. */
abstract class LeaseContract extends HoldContract {

    @Test
    void aLeaseProtectsUntilItIsClosed() throws Exception {
        DatasetName name = publish("bash");
        lease.protect(List.of(name));
        assertThat(destroy(name)).isEqualTo(Outcome.HELD);
        assertThat(pool.holds(List.of(name))).isEqualTo(Map.of(name, Set.of(HoldTag.ofLease(lease.id()))));
        lease.close();
        lease.close();
        assertThat(pool.holds(List.of(name))).isEmpty();
        assertThat(destroy(name)).isEqualTo(Outcome.DESTROYED);
    }

    @Test
    void eachOfTwoLeasesProtects() throws Exception {
        DatasetName name = publish("bash");
        try (Lease second = pool.lease("second")) {
            lease.protect(List.of(name));
            second.protect(List.of(name));
            lease.close();
            assertThat(destroy(name)).isEqualTo(Outcome.HELD);
        }
        assertThat(destroy(name)).isEqualTo(Outcome.DESTROYED);
    }

    @Test
    void aLeaseHoldsWhatItPublished() throws Exception {
        DatasetName name = publish(lease, pkg("bash"), Map.of());
        assertThat(destroy(name)).isEqualTo(Outcome.HELD);
        lease.close();
        assertThat(destroy(name)).isEqualTo(Outcome.DESTROYED);
    }

    @Test
    void aLoserCanProtectTheWinnersDataset() throws Exception {
        DatasetName name = publish("bash");
        try (Staging loser = filled(lease, "x")) {
            loser.seal(Map.of(), 1);
            assertThatExceptionOfType(DatasetExistsException.class).isThrownBy(() -> loser.publish(name));
            lease.protect(List.of(name));
        }
        assertThat(destroy(name)).isEqualTo(Outcome.HELD);
        lease.close();
        assertThat(destroy(name)).isEqualTo(Outcome.DESTROYED);
    }

    @Test
    void protectingTwiceNeedsOneClose() throws Exception {
        DatasetName name = publish("bash");
        lease.protect(List.of(name, name));
        lease.protect(List.of(name));
        lease.close();
        assertThat(pool.holds(List.of(name))).isEmpty();
    }

    @Test
    void closingALeaseLeavesPermanentHolds() throws Exception {
        DatasetName name = publish(lease, pkg("bash"), Map.of());
        pool.hold(PROFILE, List.of(name));
        lease.close();
        assertThat(pool.holds(List.of(name))).isEqualTo(Map.of(name, Set.of(PROFILE)));
    }

    @Test
    void openingProtects() throws Exception {
        DatasetName name = publish("bash");
        Path folder = lease.open(name);
        assertThat(destroy(name)).isEqualTo(Outcome.HELD);
        assertThat(contentOf(folder)).isEqualTo("bash");
    }

    @Test
    void lookingProtectsUntilTheLeaseIsClosed() throws Exception {
        DatasetName name = publish("bash");
        assertThat(contentOf(lease.look(name))).isEqualTo("bash");
        assertThat(destroy(name)).isEqualTo(Outcome.HELD);
        assertThat(pool.holds(List.of(name))).isEqualTo(Map.of(name, Set.of(HoldTag.ofLease(lease.id()))));
        lease.close();
        assertThat(pool.holds(List.of(name))).isEmpty();
        assertThat(destroy(name)).isEqualTo(Outcome.DESTROYED);
    }

    @Test
    void lookingIsNoUseAndOpeningIs() throws Exception {
        DatasetName name = publish("bash");
        pool.markDead(List.of(name), LONG_AGO);
        lease.look(name);
        assertThat(deadSince(name)).isEqualTo(tellsLookingFromUsing() ? Optional.of(LONG_AGO) : Optional.empty());
        lease.open(name);
        assertThat(deadSince(name)).as("looked at before, and used now").isEmpty();
        lease.look(name);
        assertThat(deadSince(name)).isEmpty();
    }

    @Test
    void whatIsLookedAtIsNotMarkedDead() throws Exception {
        DatasetName name = publish("bash");
        lease.look(name);
        pool.markDead(List.of(name), LONG_AGO);
        assertThat(deadSince(name)).isEmpty();
    }

    @Test
    void whatDoesNotExistCannotBeLookedAt() throws Exception {
        assertThatExceptionOfType(DatasetMissingException.class)
                .isThrownBy(() -> lease.look(pkg("gone")))
                .satisfies(e -> assertThat(e.missing()).isEqualTo(pkgs("gone")));
        DatasetName name = publish("bash");
        assertThat(destroy(name)).isEqualTo(Outcome.DESTROYED);
        assertThatExceptionOfType(DatasetMissingException.class).isThrownBy(() -> lease.look(name));
    }

    @Test
    void aDeadProcessLooksNoMore() throws Exception {
        DatasetName name = publish("bash");
        Lease doomed = pool.lease("doomed");
        doomed.look(name);
        kill(doomed);
        assertThat(destroy(name)).isEqualTo(Outcome.DESTROYED);
    }

    @Test
    void aLeaseInNeedIsALease() throws Exception {
        DatasetName name = publish("bash");
        try (Lease need = pool.leaseInNeed("collect")) {
            need.protect(List.of(name));
            assertThat(pool.leases()).extracting(LeaseInfo::id).contains(need.id());
            assertThat(destroy(name)).isEqualTo(Outcome.HELD);
        }
        assertThat(destroy(name)).isEqualTo(Outcome.DESTROYED);
    }

    @Test
    void whatDoesNotExistCannotBeOpened() {
        assertThatExceptionOfType(DatasetMissingException.class)
                .isThrownBy(() -> lease.open(pkg("gone")))
                .satisfies(e -> assertThat(e.missing()).isEqualTo(pkgs("gone")));
    }

    @Test
    void protectIsAllOrNone() throws Exception {
        DatasetName name = publish("bash");
        pool.markDead(List.of(name), LONG_AGO);
        assertThatExceptionOfType(DatasetMissingException.class)
                .isThrownBy(() -> lease.protect(List.of(name, pkg("gone"))))
                .satisfies(e -> assertThat(e.missing()).isEqualTo(pkgs("gone")));
        assertThat(pool.holds(List.of(name))).isEmpty();
        assertThat(destroy(name)).isEqualTo(Outcome.DESTROYED);
    }

    @Test
    void livingLeasesAreListed() throws Exception {
        DatasetName name = publish("bash");
        lease.protect(List.of(name));
        try (Lease other = pool.lease("realize dev")) {
            assertThat(pool.leases()).extracting(LeaseInfo::id).containsExactlyInAnyOrder(lease.id(), other.id());
            assertThat(pool.leases())
                    .filteredOn(info -> info.id().equals(lease.id()))
                    .singleElement()
                    .satisfies(info -> {
                        assertThat(info.datasets()).containsExactly(name);
                        assertThat(info.owner().orElseThrow().purpose()).isEqualTo("contract");
                        assertThat(info.owner().orElseThrow().pid())
                                .isEqualTo(ProcessHandle.current().pid());
                    });
        }
        assertThat(pool.leases()).extracting(LeaseInfo::id).containsExactly(lease.id());
    }

    @Test
    void aPurposeMayHoldAnyText() {
        try (Lease odd = pool.lease("a\nb\rc\tż")) {
            assertThat(pool.leases())
                    .filteredOn(info -> info.id().equals(odd.id()))
                    .singleElement()
                    .satisfies(info -> assertThat(info.datasets()).isEmpty())
                    .satisfies(info ->
                            assertThat(info.owner().orElseThrow().purpose()).isEqualTo("a b c ż"));
        }
    }

    @Test
    void aLeaseIsAliveUntilItIsClosed() {
        assertThat(lease.id()).isEqualTo(UUID.fromString(lease.id()).toString());
        assertThat(lease.isAlive()).isTrue();
        lease.close();
        assertThat(lease.isAlive()).isFalse();
    }

    @Test
    void aClosedLeaseDoesNothingMore() throws Exception {
        DatasetName name = publish("bash");
        Staging late = filled(lease, "late");
        late.seal(Map.of(), 1);
        lease.close();
        assertThatExceptionOfType(AxiomException.class).isThrownBy(() -> lease.protect(List.of(name)));
        assertThatExceptionOfType(AxiomException.class).isThrownBy(() -> lease.open(name));
        assertThatExceptionOfType(AxiomException.class).isThrownBy(() -> lease.stage());
        assertThatExceptionOfType(AxiomException.class).isThrownBy(() -> late.publish(pkg("late")));
        assertThat(listed(STORE)).containsExactly(name);
    }

    @Test
    void theHoldsOfADeadProcessDoNotCount() throws Exception {
        DatasetName name = publish("bash");
        Lease doomed = pool.lease("doomed");
        doomed.protect(List.of(name));
        kill(doomed);
        assertThat(pool.holds(List.of(name))).isEmpty();
        pool.markDead(List.of(name), LONG_AGO);
        assertThat(deadSince(name)).contains(LONG_AGO);
        assertThat(destroy(name)).isEqualTo(Outcome.DESTROYED);
    }

    @Test
    void theLeasesOfADeadProcessAreNotListed() throws Exception {
        Lease doomed = pool.lease("doomed");
        kill(doomed);
        assertThat(pool.leases()).extracting(LeaseInfo::id).containsExactly(lease.id());
        pool.recover();
        assertThat(pool.leases()).extracting(LeaseInfo::id).containsExactly(lease.id());
    }

    @Test
    void recoveryRemovesTheStagingOfTheDeadAndNobodyElses() throws Exception {
        Lease doomed = pool.lease("doomed");
        Path open = filled(doomed, "x").path();
        Staging sealed = filled(doomed, "y");
        sealed.seal(Map.of(), 1);
        Staging living = filled(lease, "z");
        kill(doomed);
        pool.recover();
        assertThat(Files.exists(open)).isFalse();
        assertThat(Files.exists(sealed.path())).isFalse();
        assertThat(contentOf(living.path())).isEqualTo("z");
        living.seal(Map.of(), 1);
        living.publish(pkg("z"));
        assertThat(listed(STORE)).isEqualTo(pkgs("z"));
    }

    @Test
    void recoveryLeavesTheHoldsOfTheLiving() throws Exception {
        DatasetName name = publish("bash");
        lease.protect(List.of(name));
        Lease doomed = pool.lease("doomed");
        doomed.protect(List.of(name));
        kill(doomed);
        pool.recover();
        pool.recover();
        assertThat(pool.holds(List.of(name))).isEqualTo(Map.of(name, Set.of(HoldTag.ofLease(lease.id()))));
        assertThat(lease.isAlive()).isTrue();
    }

    @Test
    void whatTheDeadPublishedStays() throws Exception {
        Lease doomed = pool.lease("doomed");
        DatasetName name = publish(doomed, pkg("bash"), Map.of("k", "v"));
        kill(doomed);
        pool.recover();
        assertThat(pool.find(name).map(Dataset::properties)).contains(Map.of("k", "v"));
        assertThat(contentOf(lease.open(name))).isEqualTo("bash");
    }
}
