package dev.axiom.core.archive;

import dev.axiom.core.format.DependenciesCodec;
import dev.axiom.core.format.ManifestCodec;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Constraint;
import dev.axiom.core.model.Dependencies;
import dev.axiom.core.model.Manifest;
import dev.axiom.core.model.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What the packages of distributions share: they say themselves what they are, and bring scripts that are never run. */
final class DistributionPackage {
    /** How many of a long list a remark names. */
    private static final int NAMED = 5;

    private DistributionPackage() {}

    /**
     * What a package says of itself, in Axiom's words.
     *
     * @param scripts by name
     * @param remarks what could not be said in them, as in {@link Unpacked#remarks}
     */
    record Said(Manifest manifest, Dependencies dependencies, Map<String, byte[]> scripts, List<String> remarks) {}

    /**
     * The same need, where it asks for any version: what a distribution calls {@code perl} is its own. A package of another
     * scheme serves if it provides the name.
     *
     * @param any any version of the distribution's scheme
     */
    static Requirement within(Constraint any, Requirement need) {
        return Requirement.anyOf(need.alternatives().stream()
                .map(one -> one.constraint().isAny() ? new Requirement(one.name(), any) : one)
                .toList());
    }

    /** The first of these words, for a remark, and how many more there are. */
    static String some(List<String> words) {
        String first = String.join(", ", words.subList(0, Math.min(NAMED, words.size())));
        return words.size() > NAMED ? first + ", and " + (words.size() - NAMED) + " more" : first;
    }

    /**
     * Reads a file in which a package says something of itself.
     *
     * @param tooLong what is thrown if it is longer than {@link Metadata#LIMIT}
     */
    static byte[] read(InputStream file, Supplier<AxiomException> tooLong) throws IOException {
        byte[] bytes = file.readNBytes(Metadata.LIMIT + 1);
        if (bytes.length > Metadata.LIMIT) {
            throw tooLong.get();
        }
        return bytes;
    }

    /** Ends the unpacking: the scripts become files, and the package's own words the source's documents. */
    static Unpacked finish(Said said, MeteredStream packed, TreeWriter writer) throws IOException {
        String manifestText = ManifestCodec.write(said.manifest());
        String dependenciesText = DependenciesCodec.write(said.dependencies());
        List<String> written = MaintainerScripts.write(writer, said.manifest().name(), said.scripts());
        return writer.finish(packed.sha256()).described(manifestText, dependenciesText, written, said.remarks());
    }
}
