package dev.axiom.gc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final String[] FIVE = {
        "profile dev 1/50d", "profile dev 2/40d", "profile dev 3/30d", "profile dev 4/20d", "profile dev 5/10d!"
    };

    private static Plan.Pruning decide(RetentionPolicy policy, String... world) {
        Survey survey = World.survey(world);
        return new Retention(policy, World.NOW, survey.users().leases()).decide(survey.generations());
    }

    private static String pruned(RetentionPolicy policy, String... world) {
        return decide(policy, world).pruned().stream()
                .map(one -> one.key().kind().word() + " " + one.key().owner() + " "
                        + one.key().generation())
                .collect(Collectors.joining(", "));
    }

    private static List<String> reasons(RetentionPolicy policy, String... world) {
        return decide(policy, world).kept().stream().map(Plan.Kept::reason).toList();
    }

    @Test
    void withoutARuleEverythingStays() {
        assertThat(pruned(RetentionPolicy.of(Optional.empty(), Optional.empty()), FIVE))
                .isEmpty();
    }

    @Test
    void theNewestStayByNumber() {
        assertThat(pruned(RetentionPolicy.newest(2), FIVE)).isEqualTo("profile dev 3, profile dev 2, profile dev 1");
    }

    @Test
    void theCurrentGenerationStaysWhateverThePolicySays() {
        assertThat(pruned(RetentionPolicy.newest(0), FIVE))
                .isEqualTo("profile dev 4, profile dev 3, profile dev 2, profile dev 1");
        assertThat(pruned(RetentionPolicy.newest(1), "profile dev 1/50d!", "profile dev 2/40d", "profile dev 3/30d"))
                .isEqualTo("profile dev 2");
    }

    @Test
    void everyOwnerIsCountedForItself() {
        assertThat(pruned(
                        RetentionPolicy.newest(1),
                        "profile a 1/2d",
                        "profile a 2/1d!",
                        "profile b 7/9d!",
                        "env a 1/2d",
                        "env a 2/1d!"))
                .isEqualTo("profile a 1, env a 1");
    }

    @Test
    void whatIsYoungStays() {
        assertThat(pruned(RetentionPolicy.youngerThan(Duration.ofDays(25)), FIVE))
                .isEqualTo("profile dev 3, profile dev 2, profile dev 1");
        assertThat(pruned(RetentionPolicy.youngerThan(Duration.ofDays(1)), "env e 1/-3d", "env e 2/9d!"))
                .as("one from the future")
                .isEmpty();
    }

    @Test
    void twoRulesProtectEachForItself() {
        assertThat(pruned(RetentionPolicy.of(Optional.of(1), Optional.of(Duration.ofDays(35))), FIVE))
                .isEqualTo("profile dev 2, profile dev 1");
        assertThat(pruned(RetentionPolicy.of(Optional.of(4), Optional.of(Duration.ofDays(5))), FIVE))
                .isEqualTo("profile dev 1");
    }

    @Test
    void allKeepsOnlyWhatEachKeeps() {
        RetentionPolicy both = RetentionPolicy.all(
                List.of(RetentionPolicy.newest(3), RetentionPolicy.youngerThan(Duration.ofDays(25))));
        assertThat(pruned(both, FIVE)).isEqualTo("profile dev 3, profile dev 2, profile dev 1");
        assertThat(pruned(RetentionPolicy.all(List.of()), "env e 1/1d")).isEqualTo("env e 1");
    }

    @Test
    void everyKeptGenerationHasAReason() {
        RetentionPolicy policy = RetentionPolicy.of(Optional.of(2), Optional.of(Duration.ofDays(35)));
        assertThat(reasons(policy, FIVE)).containsExactly("it is current", "one of the newest 2", "younger than 35d");
        RetentionPolicy both = RetentionPolicy.all(
                List.of(RetentionPolicy.newest(3), RetentionPolicy.youngerThan(Duration.ofDays(25))));
        assertThat(reasons(both, FIVE)).contains("one of the newest 3 and younger than 25d");
    }

    @Test
    void anEnvironmentThatSomebodyRunsInStays() {
        assertThat(reasons(RetentionPolicy.newest(0), "env dev 1/9d", "env dev 2/1d!", "lease -> env/dev/1"))
                .containsExactly("it is current", "in use by lease lease-0");
    }
}
