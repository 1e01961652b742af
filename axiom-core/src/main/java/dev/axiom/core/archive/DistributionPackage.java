package dev.axiom.core.archive;

import dev.axiom.core.format.DependenciesCodec;
import dev.axiom.core.format.ManifestCodec;
import dev.axiom.core.model.Dependencies;
import dev.axiom.core.model.Manifest;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What the packages of distributions share: they say themselves what they are, and bring scripts that are never run. */
final class DistributionPackage {
    private DistributionPackage() {}

    /** Ends the unpacking: the scripts become files, and the package's own words the source's documents. */
    static Unpacked finish(
            Manifest manifest,
            Dependencies dependencies,
            Map<String, byte[]> scripts,
            MeteredStream packed,
            TreeWriter writer)
            throws IOException {
        String manifestText = ManifestCodec.write(manifest);
        String dependenciesText = DependenciesCodec.write(dependencies);
        List<String> written = MaintainerScripts.write(writer, manifest.name(), scripts);
        return writer.finish(packed.sha256()).described(manifestText, dependenciesText, written);
    }
}
