package dev.axiom.core.store;

import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.BuildId;
import dev.axiom.core.model.Dependencies;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.Manifest;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Platform;
import dev.axiom.core.model.Provided;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.model.Version;
import dev.axiom.core.model.VersionScheme;
import dev.axiom.core.pool.Dataset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a package's dataset tells in its properties, so that an index over all packages opens no file in them. A list
 * that is longer than a property may be goes on in {@code <key>.2}, {@code <key>.3}, ….
 */
final class PackageProperties {
    private static final String NAME = "name";
    private static final String VERSION = "version";
    private static final String SCHEME = "version-scheme";
    private static final String REVISION = "revision";
    private static final String BUILD_ID = "build-id";
    private static final String TREE_DIGEST = "tree-digest";
    private static final String DEPENDS = "depends";
    private static final String OPTIONAL = "optional";
    private static final String OS = "os";
    private static final String ARCH = "arch";
    private static final String CONFLICTS = "conflicts";
    private static final String PROVIDES = "provides";
    private static final String REPLACES = "replaces";
    private static final String SEPARATOR = "; ";

    /** ZFS allows 8,191 bytes in a user property (zfsprops(7)); requirements are ASCII. */
    private static final int LONGEST = 8000;

    private PackageProperties() {}

    static Map<String, String> of(Manifest manifest, Dependencies dependencies, Sealed sealed) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put(NAME, manifest.name().value());
        properties.put(VERSION, manifest.version().toString());
        properties.put(SCHEME, manifest.version().scheme().toString());
        properties.put(REVISION, Integer.toString(manifest.revision()));
        properties.put(BUILD_ID, sealed.buildId().value());
        properties.put(TREE_DIGEST, sealed.treeDigest());
        put(properties, DEPENDS, dependencies.requirements());
        put(properties, OPTIONAL, dependencies.optional());
        put(properties, CONFLICTS, manifest.relations().conflicts());
        put(properties, PROVIDES, manifest.relations().provides());
        put(properties, REPLACES, manifest.relations().replaces());
        putIfStated(properties, OS, manifest.platform().os());
        putIfStated(properties, ARCH, manifest.platform().arch());
        return properties;
    }

    private static void putIfStated(Map<String, String> properties, String key, String value) {
        if (!value.isEmpty()) {
            properties.put(key, value);
        }
    }

    /** What is known only when the content is whole. */
    record Sealed(BuildId buildId, String treeDigest) {}

    private static void put(Map<String, String> properties, String key, List<?> items) {
        StringBuilder part = new StringBuilder();
        int number = 1;
        for (Object item : items) {
            String text = item.toString();
            if (part.length() + SEPARATOR.length() + text.length() > LONGEST) {
                properties.put(keyOf(key, number++), part.toString());
                part.setLength(0);
            }
            part.append(part.length() == 0 ? "" : SEPARATOR).append(text);
        }
        if (part.length() > 0) {
            properties.put(keyOf(key, number), part.toString());
        }
    }

    private static String keyOf(String key, int number) {
        return number == 1 ? key : key + "." + number;
    }

    /** @throws AxiomException {@code CORRUPT}, naming the dataset, if the properties are not those of a package */
    static StoredPackage read(Dataset dataset) {
        Map<String, String> properties = dataset.properties();
        try {
            VersionScheme scheme = VersionScheme.named(need(properties, SCHEME));
            PackageId id = new PackageId(
                    new PackageName(need(properties, NAME)),
                    Version.parse(need(properties, VERSION), scheme),
                    Integer.parseInt(need(properties, REVISION)),
                    new BuildId(need(properties, BUILD_ID)));
            if (!StoreLayout.packageDataset(id).equals(dataset.name())) {
                throw new AxiomException(ErrorCode.CORRUPT, "they belong to " + id);
            }
            return new StoredPackage(id, dataset.name(), dataset.bytes(), dataset.deadSince(), properties);
        } catch (AxiomException | NumberFormatException e) {
            throw new AxiomException(
                    ErrorCode.CORRUPT, "dataset " + dataset.name() + ": its properties are damaged: " + e.getMessage());
        }
    }

    static String treeDigest(Map<String, String> properties) {
        return need(properties, TREE_DIGEST);
    }

    static List<Requirement> dependencies(Map<String, String> properties) {
        return list(properties, DEPENDS, Requirement::parse);
    }

    static List<Requirement> optional(Map<String, String> properties) {
        return list(properties, OPTIONAL, Requirement::parse);
    }

    static Platform platform(Map<String, String> properties) {
        return new Platform(properties.getOrDefault(OS, ""), properties.getOrDefault(ARCH, ""));
    }

    static List<Requirement> conflicts(Map<String, String> properties) {
        return list(properties, CONFLICTS, Requirement::parse);
    }

    static List<Requirement> replaces(Map<String, String> properties) {
        return list(properties, REPLACES, Requirement::parse);
    }

    static List<Provided> provides(Map<String, String> properties) {
        VersionScheme scheme = VersionScheme.named(need(properties, SCHEME));
        return list(properties, PROVIDES, text -> Provided.parse(text, scheme));
    }

    private static <T> List<T> list(Map<String, String> properties, String key, Function<String, T> parse) {
        List<T> items = new ArrayList<>();
        for (int number = 1; ; number++) {
            String text = properties.get(keyOf(key, number));
            if (text == null) {
                return items;
            }
            for (String item : text.split(SEPARATOR, -1)) {
                items.add(parse.apply(item));
            }
        }
    }

    private static String need(Map<String, String> properties, String key) {
        String value = properties.get(key);
        if (value == null) {
            throw new AxiomException(ErrorCode.CORRUPT, "'" + key + "' is missing");
        }
        return value;
    }
}
