package dev.axiom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCell() throws IOException {
        assertThat(written(new TextTable("NAME", ">SIZE", "NOTE")
                        .row("bash", 9, "")
                        .row("g++", 12345, "höh")))
                .isEqualTo(
                        """
                        NAME   SIZE  NOTE
                        bash      9
                        g++   12345  höh
                        """);
    }

    @Test
    void noRowsNoHeading() throws IOException {
        assertThat(written(new TextTable("NAME"))).isEmpty();
    }

    @Test
    void aRowOfTheWrongLengthIsADefect() {
        assertThatThrownBy(() -> new TextTable("A", "B").row("x")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String written(TextTable table) throws IOException {
        StringWriter text = new StringWriter();
        table.write(text);
        return text.toString();
    }
}
