package dev.axiom.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.axiom.core.model.Manifest.About;
import dev.axiom.core.model.Settings.Gc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The documents' records are valid from birth, sorted, and cannot be changed behind their back. */
class DocumentsTest {
    private static final ProfileName DEV = new ProfileName("dev");
    private static final PackageId BASH = PackageId.parse("bash@5.2_1+0123456789abcdef");
    private static final PackageId BASH_OLD = PackageId.parse("bash@5.1_1+0123456789abcdef");
    private static final PackageId ACL = PackageId.parse("acl@2.3_1+0123456789abcdef");

    @Test
    void listsAreSortedCopies() {
        List<PackageId> ids = new ArrayList<>(List.of(BASH, ACL, BASH_OLD));
        Pin pin = new Pin("keep", "", ids);
        ids.clear();
        assertThat(pin.packages()).containsExactly(ACL, BASH_OLD, BASH);
        EnvRecord env = new EnvRecord(new EnvName("e"), 1, DEV, 1, EnvStrategy.LINK, List.of(BASH, ACL));
        assertThat(env.packages()).containsExactly(ACL, BASH);
    }

    @Test
    void aLockFileHoldsAPackageOnce() {
        LockFile lock = new LockFile(DEV, List.of(new LockedPackage(BASH, true), new LockedPackage(ACL, false)));
        assertThat(lock.ids()).containsExactly(ACL, BASH);
        assertInvalid(
                () -> new LockFile(DEV, List.of(new LockedPackage(BASH, true), new LockedPackage(BASH, false))),
                "the locked packages hold '" + BASH + "' twice");
    }

    @Test
    void requirementsHoldANameOnce() {
        List<Requirement> twice = List.of(Requirement.parse("a"), Requirement.parse("a@1"));
        assertInvalid(() -> new Dependencies(twice), "the dependencies hold 'a' twice");
        assertInvalid(() -> new ProfileSpec(DEV, "", twice), "the packages hold 'a' twice");
        assertInvalid(() -> new Manifest.Relations(List.of(), twice, List.of()), "the conflicts hold 'a' twice");
    }

    @Test
    void aProfileIsEditedByCopy() {
        ProfileSpec empty = new ProfileSpec(DEV, "", List.of());
        ProfileSpec one = empty.with(Requirement.parse("b@1")).with(Requirement.parse("a"));
        assertThat(one.packages()).hasToString("[a, b@1]");
        assertThat(one.with(Requirement.parse("b@^2")).packages()).hasToString("[a, b@^2]");
        assertThat(one.without(new PackageName("a")).packages()).hasToString("[b@1]");
        assertThat(one.without(new PackageName("c"))).isSameAs(one);
    }

    @Test
    void textsCannotDisturbATerminal() {
        assertInvalid(
                () -> new About("\u001b[2J", "", "", "", List.of()),
                "the description holds the character U+001B, which is not allowed");
        assertInvalid(
                () -> new About("", "x\u009b", "", "", List.of()),
                "the license holds the character U+009B, which is not allowed");
        assertInvalid(
                () -> new About("\uD800", "", "", "", List.of()),
                "the description holds the character U+D800, which is not allowed");
        assertInvalid(() -> new About("", "", "a\nb", "", List.of()), "the homepage must be one line without tabs");
        assertInvalid(
                () -> new About("", "", "", "x".repeat(4097), List.of()),
                "the maintainer is longer than 4096 characters");
        assertInvalid(
                () -> new ProfileSpec(DEV, "x".repeat(65_537), List.of()),
                "the description is longer than 65536 characters");
        assertThat(new About("two\nlines\t🐚", "", "", "", List.of()).description())
                .isEqualTo("two\nlines\t🐚");
    }

    @Test
    void numbersHaveBounds() {
        Version version = Version.parse("1");
        assertInvalid(
                () -> new Manifest(new PackageName("a"), version, -1, About.NOTHING, Manifest.Relations.NONE),
                "the revision must be from 0 to 999999999, not -1");
        assertInvalid(
                () -> new EnvRecord(new EnvName("e"), 0, DEV, 1, EnvStrategy.COPY, List.of()),
                "the generation must be 1 or more, not 0");
        assertInvalid(() -> new Settings(null, 0, null, Gc.NONE), "jobs must be from 1 to 1024, not 0");
        assertInvalid(() -> new Gc(null, -1, null, null, null, null), "keep-generations must be 0 or more, not -1");
        assertInvalid(
                () -> new Gc(null, null, null, null, null, Duration.ZERO),
                "the time from collection to collection must be 1s or more, not 0");
        assertInvalid(() -> new Provenance("", "ABC", ""), "a sha256 must be 64 digits of 0-9a-f");
        assertInvalid(() -> new Pin("p", "", List.of()), "pin 'p' names no package");
    }

    @Test
    void settingsOfHigherRankWinFieldByField() {
        Settings system =
                new Settings("zfs:tank", 2, null, new Gc(Duration.ofDays(1), 3, null, null, null, Duration.ofHours(1)));
        Settings user = new Settings("dir:/x", null, Duration.ZERO, new Gc(null, 5, null, new ByteSize(1), null, null));
        assertThat(user.over(system))
                .isEqualTo(new Settings(
                        "dir:/x",
                        2,
                        Duration.ZERO,
                        new Gc(Duration.ofDays(1), 5, null, new ByteSize(1), null, Duration.ofHours(1))));
        assertThat(Settings.NONE.over(system)).isEqualTo(system);
    }

    @Test
    void providedNamesHaveATextForm() {
        assertThat(Provided.parse("sh")).hasToString("sh");
        assertThat(Provided.parse("sh@5.2").version()).isEqualTo(Version.parse("5.2"));
        assertThat(Stream.of("b", "a@2", "a", "a@1")
                        .map(Provided::parse)
                        .sorted()
                        .map(Provided::toString))
                .containsExactly("a", "a@1", "a@2", "b");
        assertThatThrownBy(() -> Provided.parse("a b")).isInstanceOf(AxiomException.class);
    }

    private static void assertInvalid(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AxiomException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
                .hasMessage(message);
    }
}
