package dev.axiom.core.format;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The label of a package's stream: a short document, whose end line tells where the stream begins. */
public final class StreamLabelCodec {
    private static final String FORMAT = "stream_version";
    private static final int UNDERSTOOD = 1;
    private static final List<String> KNOWN = List.of(FORMAT, "package", "rest");
    private static final int LONGEST = 4096; // bytes

    private StreamLabelCodec() {}

    /**
     * Reads a label from a stream's beginning, and not a byte more.
     *
     * @throws AxiomException {@code INVALID} if the stream does not begin with one
     * @throws IOException if the stream cannot be read
     */
    public static StreamLabel read(InputStream in) throws IOException {
        try {
            return read(Source.ofStore("the stream's label", beginning(in)));
        } catch (FormatException e) {
            throw unknown(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Reads a label.
     *
     * @throws FormatException if the document breaks a rule, or is of a later format
     */
    public static StreamLabel read(Source source) {
        return Document.closed(source, document -> {
            Fields fields = document.fieldsOfFormat(FORMAT, UNDERSTOOD, KNOWN);
            PackageId id = fields.required("package").as(PackageId::parse);
            boolean isRest = fields.required("rest").flag();
            return document.built(() -> new StreamLabel(id, isRest));
        });
    }

    private static byte[] beginning(InputStream in) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int line = 0; // where it starts
        for (int next = in.read(); next >= 0 && text.size() < LONGEST; next = in.read()) {
            text.write(next);
            if (next == '\n') {
                String read = text.toString(StandardCharsets.ISO_8859_1);
                if (EndLine.isOne(read.substring(line))) {
                    return text.toByteArray();
                }
                line = text.size();
            }
        }
        throw unknown(text.size() == 0 ? "it is empty" : "it has no label", null);
    }

    private static AxiomException unknown(String reason, @Nullable Throwable cause) {
        return new AxiomException(
                ErrorCode.INVALID,
                "this is no stream of a package: " + reason,
                "axiom package send PACKAGE | axiom package receive",
                cause);
    }

    /** The canonical text: the same label gives the same bytes. */
    public static String write(StreamLabel label) {
        return new YamlWriter()
                .number(FORMAT, UNDERSTOOD)
                .text("package", label.id().toString())
                .flag("rest", label.isRest())
                .closed();
    }
}
