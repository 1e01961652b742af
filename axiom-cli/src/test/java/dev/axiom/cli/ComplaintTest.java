package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import org.junit.jupiter.api.Test;

class ComplaintTest {
    @Test
    void aKnownFailureSpeaksForItself() {
        Complaint complaint =
                Complaint.of(new AxiomException(ErrorCode.NOT_FOUND, "no package 'x'", "axiom package list", null));
        assertThat(complaint.text()).isEqualTo("axiom: no package 'x'\nhint: axiom package list");
        assertThat(complaint.json())
                .isEqualTo("{\"error\":{\"code\":\"not_found\",\"message\":\"no package 'x'\","
                        + "\"hint\":\"axiom package list\"}}");
    }

    @Test
    void withoutAHintThereIsNoHintLine() {
        Complaint complaint = Complaint.of(new AxiomException(ErrorCode.BUSY, "locked"));
        assertThat(complaint.text()).isEqualTo("axiom: locked");
        assertThat(complaint.json()).endsWith("\"hint\":null}}");
    }

    @Test
    void anUnknownFailureIsADefectAndSaysSo() {
        Complaint complaint = Complaint.of(new IllegalStateException("odd"));
        assertThat(complaint.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(complaint.text()).contains("internal error").contains("odd").contains("--verbose");
    }

    @Test
    void tooLittleMemoryIsAnsweredWithTheWayToMore() {
        assertThat(Complaint.of(new OutOfMemoryError("Java heap space")).hint()).contains("AXIOM_JAVA_OPTS=-Xmx");
    }
}
