package dev.axiom.core.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.Choices;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Of several ways to change a lock file, a short one is taken. */
final class FewerChangesTest {
    /** The first three are locked. Either aa changes for xx, or bb and cc do and bc comes. */
    private static final Packages PACKAGES = new Packages()
            .with("aa 1")
            .with("bb 1")
            .with("cc 1")
            .with("aa 2")
            .with("bb 2")
            .with("cc 2")
            .with("bc 1: bb@2; cc@2")
            .with("xx 1: aa@2 | bc")
            .with("all 1: aa; bb; cc");

    private static final List<PackageId> LOCKED =
            PACKAGES.candidates().stream().limit(3).map(Candidate::id).toList();
    private static final ResolvePolicy KEEPING =
            ResolvePolicy.of(Choices.DEFAULT).keeping(LOCKED);

    @Test
    void oneChangesRatherThanTwo() {
        assertThat(PACKAGES.resolve(KEEPING, "aa", "bb", "cc", "xx"))
                .containsExactly("aa 2*", "bb 1*", "cc 1*", "xx 1*");
        assertThat(PACKAGES.resolve(KEEPING, "all", "xx")).containsExactly("aa 2", "all 1*", "bb 1", "cc 1", "xx 1*");
    }

    /** What the profile names is kept before what others need, also if that changes more. */
    @Test
    void whatTheProfileNamesComesFirstAllTheSame() {
        assertThat(PACKAGES.resolve(KEEPING, "aa", "all", "xx"))
                .containsExactly("aa 1*", "all 1*", "bb 2", "bc 1", "cc 2", "xx 1*");
    }

    @Test
    void whatIsToBeUpgradedIs() {
        ResolvePolicy upgrading =
                new ResolvePolicy(Choices.DEFAULT, Set.of(LOCKED.get(0)), Set.of(new PackageName("bb")), null);
        assertThat(PACKAGES.resolve(upgrading, "aa", "bb", "cc", "xx"))
                .containsExactly("aa 1*", "bb 2*", "bc 1", "cc 2*", "xx 1*");
    }
}
