package dev.axiom.core.format;

import dev.axiom.core.model.Provenance;
import java.util.List;

/** {@code provenance.yaml}. */
public final class ProvenanceCodec {
    private static final List<String> KNOWN = List.of("source", "sha256", "added-by");

    private ProvenanceCodec() {}

    /**
     * Reads a package's origin; a document without any field says that nothing is known.
     *
     * @throws FormatException if the document breaks a rule
     */
    public static Provenance read(Source source) {
        return Document.closed(source, document -> {
            if (document.isNothing()) {
                return Provenance.UNKNOWN;
            }
            Fields fields = document.fields(KNOWN);
            String from = fields.or("source", Field::line, "");
            String sha256 = fields.or("sha256", field -> field.as(Provenance::requireSha256), "");
            String addedBy = fields.or("added-by", Field::line, "");
            return document.built(() -> new Provenance(from, sha256, addedBy));
        });
    }

    /** The canonical text; what is unknown is left out. */
    public static String write(Provenance provenance) {
        return new YamlWriter()
                .textIfAny("source", provenance.source())
                .textIfAny("sha256", provenance.sha256())
                .textIfAny("added-by", provenance.addedBy())
                .closed();
    }
}
