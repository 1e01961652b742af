package dev.axiom.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.pool.DatasetName;
import org.junit.jupiter.api.Test;

/** Names keep within what ZFS allows, by our rules and by its own. */
class ZfsNamesTest {
    private static final int FILESYSTEM = 1;

    @Test
    void namesAreTheRootsAndOurs() {
        ZfsNames names = new ZfsNames("tank/axiom");
        DatasetName bash = new DatasetName("store/bash-5.2_1-0123456789abcdef");
        assertThat(names.zpool()).isEqualTo("tank");
        assertThat(new ZfsNames("tank").zpool()).isEqualTo("tank");
        assertThat(names.filesystem(bash)).isEqualTo("tank/axiom/store/bash-5.2_1-0123456789abcdef");
        assertThat(names.sealed(bash)).isEqualTo("tank/axiom/store/bash-5.2_1-0123456789abcdef@sealed");
        assertThat(names.name(names.sealed(bash))).isEqualTo(bash);
        assertThat(names.name(names.filesystem(bash))).isEqualTo(bash);
    }

    @Test
    void whatIsNoDatasetIsRefused() {
        for (String wrong : new String[] {
            "",
            "/",
            "tank/",
            "/tank",
            "tank//x",
            "tank/a b",
            "tank/x@y",
            "tank/x#y",
            "tank/..",
            "tank/+",
            "9tank",
            "tank/ż"
        }) {
            assertThatExceptionOfType(AxiomException.class)
                    .as(wrong)
                    .isThrownBy(() -> new ZfsNames(wrong))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID));
        }
    }

    @Test
    void theLongestNameStillFits() {
        Native.LibZfs zfs = TestLibraries.loadOrSkip().zfs();
        ZfsNames longest = new ZfsNames("t".repeat(47));
        DatasetName name = new DatasetName("store/" + "n".repeat(DatasetName.MAX_LENGTH - "store/".length()));
        assertThat(longest.sealed(name)).hasSize(255);
        assertThat(zfs.zfs_name_valid(longest.filesystem(name), FILESYSTEM)).isNotZero();
        assertThatExceptionOfType(AxiomException.class)
                .isThrownBy(() -> new ZfsNames("t".repeat(48)))
                .withMessageContaining("47");
    }

    @Test
    void zfsAllowsWhatWeAllow() {
        Native.LibZfs zfs = TestLibraries.loadOrSkip().zfs();
        assertThat(zfs.zfs_name_valid("tank/axiom/store/_A.b:c-9", FILESYSTEM)).isNotZero();
        assertThat(zfs.zfs_name_valid("tank/axiom/store/g++", FILESYSTEM)).isZero();
        assertThat(zfs.zfs_name_valid("tank/" + "n".repeat(251), FILESYSTEM)).isZero();
    }

    @Test
    void aForeignDatasetInThePoolIsNamed() {
        assertThatExceptionOfType(AxiomException.class)
                .isThrownBy(() -> new ZfsNames("tank").name("tank/store/a b"))
                .withMessageContaining("tank/store/a b")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CORRUPT));
    }
}
