package dev.axiom.core.model;

import java.util.regex.Pattern;

/**
 * Where a package came from ({@code provenance.yaml}); an empty text means unknown. It is no part of the build id, so that
 * the same content is the same package wherever it was fetched.
 *
 * @param source the file name or address it was read from
 * @param sha256 the SHA-256 of the archive, 64 hex digits
 * @param addedBy the tool and version that added it, such as {@code axiom 0.1.0}
 */
public record Provenance(String source, String sha256, String addedBy) {
    private static final Pattern SHA256 = Pattern.compile("([0-9a-f]{64})?");

    /** Nothing is known. */
    public static final Provenance UNKNOWN = new Provenance("", "", "");

    /**
     * Checks the texts.
     *
     * @throws AxiomException {@code INVALID} if a text is too long or holds control characters, or the digest is none
     */
    public Provenance {
        Texts.requireLine("the source", source);
        Texts.requireLine("the tool that added it", addedBy);
        requireSha256(sha256);
    }

    /**
     * Gives back a SHA-256, or an empty text.
     *
     * @throws AxiomException {@code INVALID} if it is not 64 lower-case hex digits
     */
    public static String requireSha256(String sha256) {
        if (!SHA256.matcher(sha256).matches()) {
            throw Texts.invalid("a sha256 must be 64 digits of 0-9a-f");
        }
        return sha256;
    }
}
