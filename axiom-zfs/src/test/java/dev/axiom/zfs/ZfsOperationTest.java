package dev.axiom.zfs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.os.PosixException;
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

    /** A collection sweeps before it marks then. */
    @Test
    void aFullPoolIsKnownAsAFullDiskIs() {
        assertThat(PosixException.meansFull(failed(ZfsOperation.MARK, Errno.ENOSPC)))
                .isTrue();
        assertThat(PosixException.meansFull(failed(ZfsOperation.MARK, Errno.EDQUOT)))
                .isTrue();
        assertThat(PosixException.meansFull(failed(ZfsOperation.PROGRAM, Errno.ENOSPC)))
                .as("of memory")
                .isFalse();
        assertThat(PosixException.meansForbidden(failed(ZfsOperation.CREATE, Errno.EPERM)))
                .isTrue();
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
    void whatIsWrongWithAStreamIsSaid() {
        for (int damaged : new int[] {Errno.EINVAL.intValue(), 52, 97}) {
            assertThat(ZfsOperation.RECEIVE.failed("tank/x@s", damaged))
                    .hasMessageContaining("damaged")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
                    .satisfies(e -> assertThat(e.hint()).contains("the whole package"));
        }
        for (int unsupported : new int[] {Errno.ENOTSUP.intValue(), 1_036, 1_037, 1_041, 1_048}) {
            assertThat(ZfsOperation.RECEIVE.failed("tank/x@s", unsupported))
                    .hasMessageContaining("does not support")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID));
        }
        assertThat(ZfsOperation.RECEIVE.failed("tank/x@s", 1_040))
                .hasMessageContaining("ends before")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        for (ZfsOperation operation : new ZfsOperation[] {ZfsOperation.SEND, ZfsOperation.RECEIVE}) {
            assertThat(operation.failed("tank/x@s", Errno.EACCES.intValue()).hint())
                    .contains("zfs load-key");
        }
        assertThat(ZfsOperation.SEND.failed("tank/x@s", 52).hint()).contains("zpool status");
    }

    @Test
    void aNumberThatNobodyKnowsIsShown() {
        assertThat(ZfsOperation.SEND.failed("tank/x@s", 1_033))
                .hasMessageContainingAll("send", "tank/x@s", "1033")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }
}
