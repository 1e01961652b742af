package dev.axiom.core.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Of several conflicts, the shortest is told, and what is said to help does. */
final class ShortestTest {
    /** Three that conflict over k, none of them alone with another, and two over m. */
    private static Packages twoConflicts() {
        return new Packages()
                .with("k 1")
                .with("k 2")
                .with("k 3")
                .with("m 1")
                .with("m 2")
                .with("qa 1: k@!=1")
                .with("qb 1: k@!=2")
                .with("qc 1: k@!=3")
                .with("qy 1: m@1")
                .with("qz 1: m@2");
    }

    private static UnsolvableException failure(Packages packages, String... roots) {
        return catchThrowableOfType(UnsolvableException.class, () -> packages.resolve(roots));
    }

    @Test
    void theFewestRequirementsThatConflictAreNamed() {
        UnsolvableException e = failure(twoConflicts(), "qa", "qb", "qc", "qy", "qz");
        assertThat(e.requirements()).hasToString("[qy, qz]");
        assertThat(e.hint()).isEqualTo("remove qy or qz from the profile (there are further conflicts then)");
    }

    @Test
    void whatIsLeftWithoutThemIsNamedNext() {
        UnsolvableException e = failure(twoConflicts(), "qa", "qb", "qc", "qy");
        assertThat(e.requirements()).hasToString("[qa, qb, qc]");
        assertThat(e.hint()).isEqualTo("remove qa, qb or qc from the profile");
    }

    /** The two that conflict have one in common with the three. */
    @Test
    void aShorterConflictIsFoundThatSharesARequirement() {
        Packages packages = twoConflicts().with("zz 1: k@1");
        UnsolvableException e = failure(packages, "qa", "qb", "qc", "zz");
        assertThat(e.requirements()).hasToString("[qa, zz]");
        assertThat(e.hint()).isEqualTo("remove qa from the profile");
    }

    @Test
    void onlyWhatHelpsIsSaidToBeRemoved() {
        Packages packages =
                new Packages().with("lib 1").with("lib 2").with("old 1: lib@1").with("other 1: lib@1");
        UnsolvableException e = failure(packages.with("new 1: lib@2"), "new", "old", "other");
        assertThat(e.requirements()).hasToString("[new, old]");
        assertThat(e.hint()).isEqualTo("remove new from the profile");
    }

    @Test
    void theSameConflictIsNamedEachTime() {
        List<String> first =
                failure(twoConflicts(), "qz", "qc", "qy", "qb", "qa").explanation();
        assertThat(failure(twoConflicts(), "qa", "qb", "qc", "qy", "qz").explanation())
                .isEqualTo(first);
    }
}
