package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    @Test
    void theCallersLocaleComesBack() {
        assertThat(Environment.callersVariables(Map.of("LC_ALL", "C.UTF-8", "AXIOM_CALLER_LC_ALL", "=de_DE", "A", "b")))
                .isEqualTo(Map.of("LC_ALL", "de_DE", "A", "b"));
        assertThat(Environment.callersVariables(Map.of("LC_ALL", "C.UTF-8", "AXIOM_CALLER_LC_ALL", "=")))
                .isEqualTo(Map.of("LC_ALL", ""));
        assertThat(Environment.callersVariables(Map.of("LC_ALL", "C.UTF-8", "AXIOM_CALLER_LC_ALL", "")))
                .isEmpty();
    }

    @Test
    void withoutTheLauncherNothingChanges() {
        assertThat(Environment.callersVariables(Map.of("LC_ALL", "de_DE"))).isEqualTo(Map.of("LC_ALL", "de_DE"));
    }
}
