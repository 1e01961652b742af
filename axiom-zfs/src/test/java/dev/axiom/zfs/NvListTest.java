package dev.axiom.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lists go to C and come back as they were. */
class NvListTest {
    @SuppressWarnings("NullAway.Init")
    private static Native.LibNvpair lib;

    @BeforeAll
    static void load() {
        lib = TestLibraries.loadOrSkip().nvpair();
    }

    @Test
    void whatIsPutInComesOut() {
        try (NvList list = NvList.empty(lib)) {
            list.flag("flag").put("text", "żółć 包 😀\n\t=").put("empty", "").put("number", -1L);
            list.put("inner", inner -> inner.put("a", "b").put("deeper", deeper -> deeper.put("n", Long.MIN_VALUE)));
            assertThat(list.toMap())
                    .isEqualTo(Map.of(
                            "flag",
                            true,
                            "text",
                            "żółć 包 😀\n\t=",
                            "empty",
                            "",
                            "number",
                            -1L,
                            "inner",
                            Map.of("a", "b", "deeper", Map.of("n", Long.MIN_VALUE))));
        }
    }

    @Test
    void longTextsAreKept() {
        try (NvList list = NvList.empty(lib)) {
            list.put("long", "ä".repeat(4_095));
            assertThat(list.toMap()).containsEntry("long", "ä".repeat(4_095));
        }
    }

    @Test
    void aLaterValueReplacesTheEarlier() {
        try (NvList list = NvList.empty(lib)) {
            list.put("k", "1").put("k", "2");
            assertThat(list.toMap()).isEqualTo(Map.of("k", "2"));
        }
    }

    @Test
    void anErrorListGivesErrnosAndNoNoteOfMore() {
        NvList list = NvList.empty(lib);
        try (list) {
            assertThat(lib.nvlist_add_int32(list.pointer(), "tank/a@sealed", 2)).isZero();
            assertThat(lib.nvlist_add_int32(list.pointer(), "N_MORE_ERRORS", 7)).isZero();
            assertThat(list.errors()).isEqualTo(Map.of("tank/a@sealed", Errno.ENOENT));
        }
    }

    @Test
    void aNulNeverReachesC() {
        try (NvList list = NvList.empty(lib)) {
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> list.put("k", "a\0b"));
            assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> list.put("k\0", "a"));
            assertThat(list.toMap()).isEmpty();
        }
    }

    @Test
    void aClosedListIsClosed() {
        NvList list = NvList.empty(lib);
        list.close();
        list.close();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(list::toMap);
    }

    @Test
    void noListIsAnEmptyOne() {
        try (NvList list = NvList.adopt(lib, null)) {
            assertThat(list.toMap()).isEmpty();
        }
    }
}
