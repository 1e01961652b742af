package dev.axiom.core.format;

import java.util.function.Function;
import java.util.stream.Stream;

/** One kind of document for tests that hold for all: how to make, write and read it. */
record Codec<T>(
        String name,
        boolean closed,
        Function<RandomDocuments, T> random,
        Function<T, String> write,
        Function<Source, T> read) {
    static Stream<Codec<?>> all() {
        return Stream.of(
                new Codec<>("manifest", true, RandomDocuments::manifest, ManifestCodec::write, ManifestCodec::read),
                new Codec<>(
                        "deps", true, RandomDocuments::dependencies, DependenciesCodec::write, DependenciesCodec::read),
                new Codec<>(
                        "provenance", true, RandomDocuments::provenance, ProvenanceCodec::write, ProvenanceCodec::read),
                new Codec<>(
                        "profile", false, RandomDocuments::profile, ProfileSpecCodec::write, ProfileSpecCodec::read),
                new Codec<>("lock", true, RandomDocuments::lock, LockFileCodec::write, LockFileCodec::read),
                new Codec<>("env", true, RandomDocuments::env, EnvRecordCodec::write, EnvRecordCodec::read),
                new Codec<>("pin", true, RandomDocuments::pin, PinCodec::write, PinCodec::read),
                new Codec<>("label", true, RandomDocuments::label, StreamLabelCodec::write, StreamLabelCodec::read),
                new Codec<>("time", true, RandomDocuments::time, TimeNoteCodec::write, TimeNoteCodec::read),
                new Codec<>("config", false, RandomDocuments::settings, SettingsCodec::write, SettingsCodec::read));
    }

    @Override
    public String toString() {
        return name;
    }
}
