package dev.axiom.zfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.ErrorCode;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;

/** One number means different things. */
class ZfsOperationTest {
    private static ZfsException failed(ZfsOperation operation, Errno errno) {
        return operation.failed("tank/x", errno.intValue());
    }

    @Test
    void theSameNumberIsReadByWhatWasAsked() {
        assertThat(failed(ZfsOperation.RENAME, Errno.EEXIST)).hasMessageContaining("taken");
        assertThat(failed(ZfsOperation.DESTROY, Errno.EEXIST)).hasMessageContaining("clones");
        assertThat(failed(ZfsOperation.HOLD, Errno.EEXIST)).hasMessageContaining("tag");
        assertThat(failed(ZfsOperation.RENAME, Errno.EEXIST).code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(failed(ZfsOperation.DESTROY, Errno.EBUSY).code()).isEqualTo(ErrorCode.BUSY);
        assertThat(failed(ZfsOperation.PROGRAM, Errno.ENOSPC).code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(failed(ZfsOperation.CREATE, Errno.ENOSPC).code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void theErrorSaysWhatToDo() {
        assertThat(failed(ZfsOperation.CREATE, Errno.EPERM).hint()).isEqualTo("run as root");
        assertThat(failed(ZfsOperation.CREATE, Errno.EDQUOT).hint()).isEqualTo("axiom gc");
        assertThat(failed(ZfsOperation.CREATE, Errno.EAGAIN))
                .hasMessageContainingAll("tank/x", "suspended")
                .satisfies(e -> assertThat(e.hint()).contains("zpool clear"));
    }

    @Test
    void aNumberThatNobodyKnowsIsShown() {
        assertThat(ZfsOperation.SEND.failed("tank/x@s", 1_033))
                .hasMessageContainingAll("send", "tank/x@s", "1033")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }
}
