package dev.axiom.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.pool.DatasetName;
import java.nio.file.Path;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pool makes of what others did to it, and of calls that fail, on a ZFS made of Java. */
class ZfsPoolMishapTest {
    private static final DatasetName NEW = new DatasetName("staging/new");
    private static final DatasetName X = new DatasetName("store/x");

    private final FakeZfs fake = new FakeZfs();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static String filesystem(DatasetName name) {
        return FakeZfs.NAMES.filesystem(name);
    }

    private static String sealed(DatasetName name) {
        return FakeZfs.NAMES.sealed(name);
    }

    private void addSealed(DatasetName name) {
        fake.add(filesystem(name), sealed(name));
    }

    @Test
    void anUnsealedDatasetWithAPackagesNameIsDamage() {
        addSealed(NEW);
        fake.add(filesystem(X));
        AxiomException failure =
                catchThrowableOfType(AxiomException.class, () -> fake.pool(folder).rename(NEW, X));
        assertThat(failure).hasMessageContaining(filesystem(X));
        assertThat(failure.code()).isEqualTo(ErrorCode.CORRUPT);
        assertThat(failure.hint()).contains("zfs destroy " + filesystem(X), "zfs rename " + filesystem(X));
        assertThat(fake.has(filesystem(X))).isTrue();
        assertThat(fake.has(sealed(NEW))).isTrue();
    }

    @Test
    void aSealedOneIsThere() {
        addSealed(NEW);
        addSealed(X);
        ZfsException failure =
                catchThrowableOfType(ZfsException.class, () -> fake.pool(folder).rename(NEW, X));
        assertThat(failure.is(Errno.EEXIST)).isTrue();
    }

    @Test
    void whatGoesMeanwhileIsInNobodysWay() {
        addSealed(NEW);
        fake.add(filesystem(X));
        int[] looks = new int[1];
        fake.on("lzc_exists", () -> {
            if (++looks[0] == 3) {
                assertThat(fake.remove(filesystem(X))).isTrue();
            }
            return 0;
        });
        fake.pool(folder).rename(NEW, X);
        assertThat(fake.has(sealed(X))).isTrue();
    }

    @Test
    void aDestructionThatWasCutOffIsFinishedByWhoWantsTheName() {
        addSealed(NEW);
        fake.add(filesystem(X));
        fake.set(filesystem(X), ZfsNames.DOOMED, "yes");
        fake.pool(folder).rename(NEW, X);
        assertThat(fake.has(sealed(X))).isTrue();
    }
}
