package dev.axiom.core.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.axiom.core.archive.DebianControl;
import dev.axiom.core.format.DependenciesCodec;
import dev.axiom.core.format.ManifestCodec;
import dev.axiom.core.format.Source;
import dev.axiom.core.model.BuildId;
import dev.axiom.core.model.Choices;
import dev.axiom.core.model.Dependencies;
import dev.axiom.core.model.Manifest;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Platform;
import dev.axiom.core.model.Preference;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.testing.DebianLists;
import dev.axiom.core.testing.Seeds;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A whole Debian as an index: how fast, and whether the answers are those of Debian's own checker. Asked for by
 * {@code -Daxiom.debian=true}, because it takes minutes; {@code scripts/test-resolver.sh} does.
 */
@ExtendWith(Seeds.class)
final class DebianSuiteTest {
    private static final int RANDOM = 1_000;
    /** Together more than 2,000 packages. */
    private static final List<Requirement> DESKTOP = List.of(
            Requirement.parse("task-gnome-desktop"),
            Requirement.parse("kde-full"),
            Requirement.parse("task-xfce-desktop"),
            Requirement.parse("texlive-full"),
            Requirement.parse("task-lxqt-desktop"),
            Requirement.parse("task-mate-desktop"));

    private static final ResolvePolicy LIMITED =
            ResolvePolicy.prefer(Preference.NEWEST).within(Duration.ofSeconds(30));

    /** The newest of each name and version, as apt would see them. */
    private static List<Candidate> packages() {
        Map<String, Candidate> found = new TreeMap<>();
        DebianLists.read(fields -> {
            Map<String, String> lower = new HashMap<>();
            fields.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
            DebianControl control = new DebianControl(lower);
            Manifest manifest = control.manifest();
            Dependencies needs = control.dependencies();
            requireKept(manifest, needs);
            found.putIfAbsent(
                    manifest.name() + " " + manifest.version(),
                    new Candidate(
                            manifest.id(new BuildId("%016x".formatted(found.size()))),
                            needs.requirements(),
                            manifest.relations().conflicts(),
                            manifest.relations().provides(),
                            needs.optional(),
                            manifest.platform()));
        });
        return List.copyOf(found.values());
    }

    /** What a package says can be written down, and comes back as it was. */
    private static void requireKept(Manifest manifest, Dependencies needs) {
        assertThat(ManifestCodec.read(Source.ofStore("manifest.yaml", ManifestCodec.write(manifest))))
                .isEqualTo(manifest);
        assertThat(DependenciesCodec.read(Source.ofStore("deps.yaml", DependenciesCodec.write(needs))))
                .as("what %s needs", manifest.name())
                .isEqualTo(needs);
    }

    @Test
    void resolvesAWholeSuite() throws IOException, InterruptedException {
        assumeTrue(Boolean.getBoolean("axiom.debian"), "not asked for by -Daxiom.debian=true");
        assumeTrue(DebianLists.exist(), "there are no lists of packages, because this is no Debian, or apt-get update");
        long start = System.nanoTime();
        List<Candidate> packages = packages();
        MemoryIndex index = new MemoryIndex(packages);
        System.out.printf("%d packages read in %d ms%n", packages.size(), millis(start));
        List<PackageName> names = new ArrayList<>(new TreeSet<>(index.names()));
        Collections.shuffle(names, Seeds.random());
        List<PackageName> chosen = names.subList(0, Math.min(RANDOM, names.size()));
        for (int round = 0; round < 3; round++) {
            measure(index, chosen);
        }
        compareWithDose(index, packages, chosen);
    }

    private static void measure(MemoryIndex index, List<PackageName> chosen) {
        List<Long> micros = new ArrayList<>();
        int largest = 0;
        long start = System.nanoTime();
        for (PackageName name : chosen) {
            long before = System.nanoTime();
            largest = Math.max(largest, size(index, List.of(Requirement.of(name))));
            micros.add((System.nanoTime() - before) / 1_000);
        }
        long all = millis(start);
        micros.sort(null);
        long before = System.nanoTime();
        int desktop = size(index, DESKTOP);
        System.out.printf(
                "%d packages: %d ms, median %d us, 99%% %d us, worst %d us, largest closure %d; %s: %d packages, %d ms%n",
                chosen.size(),
                all,
                micros.get(micros.size() / 2),
                micros.get(micros.size() * 99 / 100),
                micros.get(micros.size() - 1),
                largest,
                DESKTOP,
                desktop,
                millis(before));
        ResolvePolicy withOptional = new ResolvePolicy(
                new Choices(Preference.NEWEST, Map.of(), List.of(), List.of(), Platform.ANY, true, Set.of()),
                Set.of(),
                Set.of(),
                Duration.ofSeconds(60));
        before = System.nanoTime();
        int more = Resolver.resolve(index, DESKTOP, withOptional).packages().size();
        System.out.printf("%s with what is optional: %d packages, %d ms%n", DESKTOP, more, millis(before));
    }

    private static int size(MemoryIndex index, List<Requirement> requirements) {
        try {
            return Resolver.resolve(index, requirements, LIMITED).packages().size();
        } catch (UnsolvableException e) {
            assertThat(e.derivation())
                    .as("%s: %s", requirements, e.getMessage())
                    .isNotNull();
            return -1;
        }
    }

    private static long millis(long since) {
        return (System.nanoTime() - since) / 1_000_000;
    }

    /** Whether each package can be installed at all must be what Debian's own checker says of it. */
    private static void compareWithDose(MemoryIndex index, List<Candidate> packages, List<PackageName> chosen)
            throws IOException, InterruptedException {
        Path dose = Path.of("/usr/bin/dose-debcheck");
        assumeTrue(Files.isExecutable(dose), "dose-debcheck is not installed: apt-get install dose-distcheck");
        Path all = Files.createTempFile("axiom-", ".packages");
        Path report = Files.createTempFile("axiom-", ".dose");
        try {
            write(all, packages);
            new ProcessBuilder(dose.toString(), "--failures", "--deb-native-arch=amd64", all.toString())
                    .redirectOutput(report.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            TreeSet<String> broken = new TreeSet<>();
            String name = "";
            for (String line : Files.readAllLines(report)) {
                if (line.startsWith("  package: ")) {
                    name = line.substring("  package: ".length());
                } else if (line.startsWith("  version: ")) {
                    broken.add(name + "@debian:=" + line.substring("  version: ".length()));
                }
            }
            int impossible = 0;
            for (PackageName one : chosen) {
                for (Candidate candidate : index.candidates(one)) {
                    String exactly = one + "@debian:=" + candidate.id().version();
                    boolean ours = size(index, List.of(Requirement.parse(exactly))) > 0;
                    impossible += ours ? 0 : 1;
                    assertThat(ours).as(exactly).isEqualTo(!broken.contains(exactly));
                }
            }
            // And all that it calls broken, which random ones seldom are.
            for (String exactly : broken) {
                assertThat(size(index, List.of(Requirement.parse(exactly))))
                        .as(exactly)
                        .isEqualTo(-1);
            }
            System.out.printf(
                    "dose-debcheck agrees on %d packages (%d of them cannot be installed) and on all %d broken ones%n",
                    chosen.size(), impossible, broken.size());
        } finally {
            Files.deleteIfExists(all);
            Files.deleteIfExists(report);
        }
    }

    private static void write(Path file, List<Candidate> packages) throws IOException {
        TreeSet<String> wanted = new TreeSet<>();
        packages.forEach(one -> wanted.add(one.id().name() + " " + one.id().version()));
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            DebianLists.read(fields -> {
                try {
                    if (wanted.remove(fields.get("Package") + " " + fields.get("Version"))) {
                        for (Map.Entry<String, String> field : fields.entrySet()) {
                            out.write(field.getKey() + ": " + field.getValue() + "\n");
                        }
                        out.write("\n");
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
