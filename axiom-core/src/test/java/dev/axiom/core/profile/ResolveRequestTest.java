package dev.axiom.core.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.Choices;
import dev.axiom.core.model.LockFile;
import dev.axiom.core.model.LockedPackage;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Platform;
import dev.axiom.core.model.Preference;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.ProfileSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is kept of a lock file with {@code ssl} and {@code web}, by what the profile prefers and what is asked for. */
final class ResolveRequestTest {
    private static final ProfileName DEV = new ProfileName("dev");
    private static final PackageName SSL = new PackageName("ssl");
    private static final LockFile LOCK = new LockFile(
            DEV,
            List.of(
                    new LockedPackage(PackageId.parse("ssl@1_1+0000000000000001"), false),
                    new LockedPackage(PackageId.parse("web@1_1+0000000000000002"), true)));

    private static final Choices NEWEST = Choices.DEFAULT;
    private static final Choices LOCKED = Choices.DEFAULT.preferring(Preference.LOCKED);
    private static final Choices SSL_LOCKED = choices(Preference.NEWEST, Preference.LOCKED);
    private static final Choices SSL_NEWEST = choices(Preference.LOCKED, Preference.NEWEST);

    private static Choices choices(Preference all, Preference ssl) {
        return new Choices(all, Map.of(SSL, ssl), List.of(), List.of(), Platform.ANY, false, Set.of());
    }

    private static List<String> kept(Choices choices, ResolveRequest request) {
        return request.policy(new ProfileSpec(DEV, "", List.of(), choices), Optional.of(LOCK)).locked().stream()
                .map(id -> id.name().value())
                .sorted()
                .toList();
    }

    @Test
    void withoutAWordEverythingIsKept() {
        for (Choices choices : List.of(NEWEST, LOCKED, SSL_LOCKED, SSL_NEWEST)) {
            assertThat(kept(choices, ResolveRequest.MINIMAL)).containsExactly("ssl", "web");
        }
    }

    @Test
    void anUpgradeOfEverythingKeepsWhatTheProfileWantsLocked() {
        ResolveRequest all = ResolveRequest.upgrading(Set.of());
        assertThat(kept(NEWEST, all)).isEmpty();
        assertThat(kept(LOCKED, all)).containsExactly("ssl", "web");
        assertThat(kept(SSL_LOCKED, all)).containsExactly("ssl");
        assertThat(kept(SSL_NEWEST, all)).containsExactly("web");
    }

    @Test
    void whatIsNamedIsUpgradedThoughTheProfileWantsItLocked() {
        ResolveRequest ssl = ResolveRequest.upgrading(Set.of(SSL));
        for (Choices choices : List.of(NEWEST, LOCKED, SSL_LOCKED, SSL_NEWEST)) {
            assertThat(kept(choices, ssl)).containsExactly("web");
        }
    }

    /** A package's own preference stands, as it does against the profile's. */
    @Test
    void anotherPreferenceTakesThePlaceOfTheProfiles() {
        for (Preference preference : List.of(Preference.NEWEST, Preference.OLDEST)) {
            ResolveRequest anew = ResolveRequest.anew(preference);
            assertThat(kept(NEWEST, anew)).isEmpty();
            assertThat(kept(LOCKED, anew)).isEmpty();
            assertThat(kept(SSL_LOCKED, anew)).containsExactly("ssl");
            assertThat(kept(SSL_NEWEST, anew)).isEmpty();
        }
        assertThat(kept(NEWEST, ResolveRequest.anew(Preference.LOCKED))).containsExactly("ssl", "web");
    }
}
