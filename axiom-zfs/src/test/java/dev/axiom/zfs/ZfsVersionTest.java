package dev.axiom.zfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which libraries go with which module. */
class ZfsVersionTest {
    private static ZfsVersion version(int minor) {
        return new ZfsVersion(2, minor);
    }

    @Test
    void theSymbolsTellTheRelease() {
        assertThat(ZfsVersion.probe(symbol -> false)).isEqualTo(version(1));
        Set<String> of22 = Set.of("zfs_iter_filesystems_v2");
        assertThat(ZfsVersion.probe(of22::contains)).isEqualTo(version(2));
        Set<String> of23 = Set.of("zfs_iter_filesystems_v2", "zfs_version_nvlist");
        assertThat(ZfsVersion.probe(of23::contains)).isEqualTo(version(3));
        assertThat(ZfsVersion.probe(symbol -> true)).isEqualTo(version(4));
    }

    @Test
    void theModuleSaysItsRelease() {
        assertThat(ZfsVersion.parse("2.3.2-2~bpo12+2\n")).contains(version(3));
        assertThat(ZfsVersion.parse("2.1.11-1+deb12u1")).contains(version(1));
        assertThat(ZfsVersion.parse("no version")).isEmpty();
    }

    @Test
    void oneReleaseFitsItselfAndTheNewestFitsWhatIsNewer() {
        assertThat(version(1).fits(version(1))).isTrue();
        assertThat(version(1).fits(version(3))).isFalse();
        assertThat(version(3).fits(version(1))).isFalse();
        assertThat(version(3).fits(version(4))).isFalse();
        assertThat(version(4).fits(version(5))).isTrue();
        assertThat(version(4).fits(new ZfsVersion(3, 0))).isTrue();
        assertThat(version(4).fits(version(3))).isFalse();
    }
}
