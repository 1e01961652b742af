package dev.axiom.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageId;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamLabelCodecTest {
    private static final StreamLabel LABEL =
            new StreamLabel(PackageId.parse("hello@debian:1:2.10-3_1+0123456789abcdef"), true);

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aLabelIsReadAndNotAByteMore() throws Exception {
        InputStream in = new SequenceInputStream(
                bytes(StreamLabelCodec.write(LABEL)), bytes("# end of what follows\nthe stream"));
        assertThat(StreamLabelCodec.read(in)).isEqualTo(LABEL);
        assertThat(in.readAllBytes()).asString().isEqualTo("# end of what follows\nthe stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "\n\n\n", "# end crc32c=", "stream_version: 1\n# end crc32c=00000000\n"})
    void whatIsNoLabelIsRefused(String text) {
        refused(text);
    }

    @Test
    void aChangedLabelIsRefused() {
        String good = StreamLabelCodec.write(LABEL);
        refused(good.replace("true", "false"));
        refused(good.replace("version: 1", "version: 2"));
        refused(good.substring(0, good.length() - 1));
        refused("a".repeat(1 << 20));
    }

    private static void refused(String text) {
        assertThatExceptionOfType(AxiomException.class)
                .isThrownBy(() -> StreamLabelCodec.read(bytes(text)))
                .withMessageContaining("no stream of a package")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID));
    }
}
