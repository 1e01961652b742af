package dev.axiom.core.store;

import dev.axiom.core.archive.Metadata;
import dev.axiom.core.archive.SourceName;
import dev.axiom.core.archive.Unpacked;
import dev.axiom.core.format.DependenciesCodec;
import dev.axiom.core.format.ManifestCodec;
import dev.axiom.core.format.ProvenanceCodec;
import dev.axiom.core.format.Source;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.BuildId;
import dev.axiom.core.model.Dependencies;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.Manifest;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Provenance;
import dev.axiom.core.model.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a package says of itself, put together from the caller's words, the source's documents and, failing these, the
 * source's file name.
 *
 * @param guessed whether the file name was needed
 */
record PackageMetadata(Manifest manifest, Dependencies dependencies, Provenance provenance, boolean guessed) {
    private static final String FORMAT = "axiom-package 1\n";

    /** @throws AxiomException {@code INVALID} if a document is not valid, or name and version cannot be found out */
    static PackageMetadata of(AddRequest request, Unpacked unpacked, String addedBy) {
        Metadata brought = unpacked.metadata();
        Optional<Manifest> written = request.said()
                .manifest()
                .or(() -> document(request, Metadata.MANIFEST, brought.manifest()))
                .map(ManifestCodec::read);
        Manifest manifest = said(written.or(() -> stated(request)).orElseGet(() -> guess(request)), request.said());
        Dependencies dependencies = request.said()
                .dependencies()
                .or(() -> document(request, Metadata.DEPENDENCIES, brought.dependencies()))
                .map(DependenciesCodec::read)
                .orElse(new Dependencies(List.of()));
        Provenance provenance = document(request, Metadata.PROVENANCE, brought.provenance())
                .map(ProvenanceCodec::read)
                .orElseGet(() -> provenance(request, unpacked, addedBy));
        return new PackageMetadata(
                manifest,
                dependencies,
                provenance,
                written.isEmpty() && stated(request).isEmpty());
    }

    private static Optional<Source> document(AddRequest request, String name, byte @Nullable [] bytes) {
        return bytes == null ? Optional.empty() : Optional.of(Source.ofUser(request.source() + ":" + name, bytes));
    }

    /** What the command line alone says, if that is enough. */
    private static Optional<Manifest> stated(AddRequest request) {
        AddRequest.Said said = request.said();
        return said.name().isEmpty() || said.version().isEmpty()
                ? Optional.empty()
                : Optional.of(Manifest.of(
                        said.name().get(), Version.parse(said.version().get())));
    }

    private static Manifest guess(AddRequest request) {
        Optional<SourceName> guess = SourceName.of(request.source());
        AddRequest.Said said = request.said();
        Optional<PackageName> name = said.name().or(() -> guess.map(SourceName::name));
        Optional<Version> version = said.version().map(Version::parse).or(() -> guess.map(SourceName::version));
        if (name.isEmpty() || version.isEmpty()) {
            throw new AxiomException(
                    ErrorCode.INVALID,
                    request.source() + ": it has no manifest.yaml, and its name does not tell "
                            + (name.isEmpty() ? "the package's name and version" : "the version"),
                    "say so: --name NAME --version VERSION, or --manifest FILE",
                    null);
        }
        Manifest plain = Manifest.of(name.get(), version.get());
        int revision = guess.map(SourceName::revision).orElse(plain.revision());
        return new Manifest(
                plain.name(), plain.version(), revision, plain.about(), plain.relations(), plain.platform());
    }

    private static Manifest said(Manifest manifest, AddRequest.Said said) {
        return new Manifest(
                said.name().orElse(manifest.name()),
                said.version()
                        .map(text -> Version.parse(text, manifest.version().scheme()))
                        .orElse(manifest.version()),
                said.revision().orElse(manifest.revision()),
                manifest.about(),
                manifest.relations(),
                manifest.platform());
    }

    private static Provenance provenance(AddRequest request, Unpacked unpacked, String addedBy) {
        Path file = request.source().toAbsolutePath().normalize().getFileName();
        String sha256 = unpacked.sourceSha256();
        return new Provenance(file == null ? "/" : file.toString(), sha256 == null ? "" : sha256, addedBy);
    }

    String manifestText() {
        return ManifestCodec.write(manifest);
    }

    String dependenciesText() {
        return DependenciesCodec.write(dependencies);
    }

    String provenanceText() {
        return ProvenanceCodec.write(provenance);
    }

    /** The id of this metadata with that content; see {@link BuildId}. Provenance does not count. */
    BuildId buildId(String treeDigest) {
        return buildId(
                treeDigest,
                manifestText().getBytes(StandardCharsets.UTF_8),
                dependenciesText().getBytes(StandardCharsets.UTF_8));
    }

    /** The id of these documents, as they lie in the package's folder, with that content. */
    static BuildId buildId(String treeDigest, byte[] manifest, byte[] dependencies) {
        String text = FORMAT + treeDigest + "\n" + sha256(manifest) + "\n" + sha256(dependencies) + "\n";
        return new BuildId(sha256(text.getBytes(StandardCharsets.UTF_8)).substring(0, BuildId.LENGTH));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
