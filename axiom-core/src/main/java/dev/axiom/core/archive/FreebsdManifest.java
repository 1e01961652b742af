package dev.axiom.core.archive;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.Constraint;
import dev.axiom.core.model.Dependencies;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.Manifest;
import dev.axiom.core.model.Manifest.About;
import dev.axiom.core.model.Manifest.Relations;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Platform;
import dev.axiom.core.model.Provided;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.model.Version;
import dev.axiom.core.model.VersionScheme;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What a FreeBSD package says of itself in {@code +MANIFEST}: JSON, as pkg-create(8) describes its fields. The versions
 * noted with dependencies are those that it was built with, and bind nobody.
 */
record FreebsdManifest(Map<?, ?> fields) {
    private static final int ABI_PARTS = 3;
    private static final String ANY_VERSION = "-[0-9]*";
    private static final Constraint ANY_OF_FREEBSD = Constraint.any(VersionScheme.FREEBSD);

    /** @throws AxiomException {@code INVALID} if it is not JSON, no object, or has a field twice */
    static FreebsdManifest parse(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8).replace("\\/", "/"); // which YAML does not know
        try {
            LoaderOptions options = new LoaderOptions();
            options.setCodePointLimit(Metadata.LIMIT);
            options.setAllowDuplicateKeys(false); // pkg and the library would not take the same of them
            if (new Yaml(new SafeConstructor(options)).load(text) instanceof Map<?, ?> fields) {
                return new FreebsdManifest(fields);
            }
        } catch (YAMLException e) {
            throw new AxiomException(ErrorCode.INVALID, "+MANIFEST: " + e.getMessage(), null, e);
        }
        throw new AxiomException(ErrorCode.INVALID, "+MANIFEST is no JSON object");
    }

    Manifest manifest() {
        return new Manifest(
                new PackageName(need("name")),
                Version.parse(need("version"), VersionScheme.FREEBSD),
                PackageId.DEFAULT_REVISION,
                about(),
                new Relations(provided(), conflicts(), List.of()),
                platform());
    }

    private About about() {
        String text = text("desc").isEmpty() ? text("comment") : text("desc");
        String licenses = String.join(" AND ", texts("licenses"));
        return new About(
                text,
                licenses,
                text("www"),
                text("maintainer"),
                texts("categories").stream().distinct().toList());
    }

    /** Such as {@code FreeBSD:14:amd64}, or in the older field {@code freebsd:14:x86:64}; a star stands for any. */
    private Platform platform() {
        String stated = text("abi").isEmpty() ? text("arch") : text("abi");
        String[] abi = stated.split(":", ABI_PARTS);
        String os = abi[0].toLowerCase(Locale.ROOT);
        String arch = abi.length < ABI_PARTS ? "" : Platform.commonArch(abi[2]);
        return new Platform(os.equals("*") ? "" : os, arch.equals("*") ? "" : arch);
    }

    private List<Provided> provided() {
        return texts("provides").stream()
                .filter(PackageName::isValid)
                .distinct()
                .map(name -> new Provided(new PackageName(name), null))
                .toList();
    }

    /** Globs, of which the one for all versions of a package can be kept. */
    private List<Requirement> conflicts() {
        return texts("conflicts").stream()
                .map(FreebsdManifest::ofAnyVersion)
                .filter(PackageName::isValid)
                .distinct()
                .map(name -> Requirement.of(new PackageName(name)))
                .toList();
    }

    /** The name in a glob such as {@code vim-[0-9]*}; any other text as it is. */
    private static String ofAnyVersion(String glob) {
        return glob.endsWith(ANY_VERSION) ? glob.substring(0, glob.length() - ANY_VERSION.length()) : glob;
    }

    /** What is left out of the manifest because no package can have such a name here. */
    List<String> remarks() {
        List<String> left = new ArrayList<>();
        texts("conflicts").stream()
                .filter(glob -> !PackageName.isValid(ofAnyVersion(glob)))
                .forEach(glob -> left.add("conflicts " + Vis.readable(glob)));
        texts("provides").stream()
                .filter(name -> !PackageName.isValid(name))
                .forEach(name -> left.add("provides " + Vis.readable(name)));
        return left.isEmpty()
                ? List.of()
                : List.of("what is no package's name is left out of its manifest: " + DistributionPackage.some(left));
    }

    Dependencies dependencies() {
        List<String> names = new ArrayList<>(texts("requires"));
        if (fields.get("deps") instanceof Map<?, ?> deps) {
            deps.keySet().forEach(name -> names.add(String.valueOf(name)));
        }
        return new Dependencies(names.stream()
                .distinct()
                .map(name -> Requirement.of(new PackageName(name)))
                .map(need -> DistributionPackage.within(ANY_OF_FREEBSD, need))
                .toList());
    }

    /** The scripts by name; pkg has them in the manifest itself. */
    Map<String, byte[]> scripts() {
        Map<String, byte[]> result = new TreeMap<>();
        if (fields.get("scripts") instanceof Map<?, ?> scripts) {
            scripts.forEach((name, text) ->
                    result.put(safe(String.valueOf(name)), String.valueOf(text).getBytes(StandardCharsets.UTF_8)));
        }
        return result;
    }

    private static String safe(String name) {
        return name.replaceAll("[^A-Za-z0-9-]", "_");
    }

    private List<String> texts(String field) {
        return fields.get(field) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private String text(String field) {
        @Nullable Object value = fields.get(field);
        return value == null ? "" : value.toString().strip();
    }

    private String need(String field) {
        String value = text(field);
        if (value.isEmpty()) {
            throw new AxiomException(ErrorCode.INVALID, "+MANIFEST: the field '" + field + "' is missing");
        }
        return value;
    }
}
