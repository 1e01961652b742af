import dev.axiom.core.archive.DebianControl;
import dev.axiom.core.model.BuildId;
import dev.axiom.core.model.Dependencies;
import dev.axiom.core.model.Manifest;
import dev.axiom.core.model.Preference;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.resolve.Candidate;
import dev.axiom.core.resolve.MemoryIndex;
import dev.axiom.core.resolve.ResolvePolicy;
import dev.axiom.core.resolve.Resolver;
import dev.axiom.core.resolve.UnsolvableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Axiom's part in {@code bench/resolve.sh}, with the jars of a built distribution on the class path:
 * {@code java -cp 'LIB/*' Resolve.java PACKAGES PROBLEMS}. Reads a Packages file into an index, then resolves the names
 * of each line of PROBLEMS, in one thread, and prints a line for each: seconds, processor seconds of that thread, and
 * how many packages were chosen (-1: none can be).
 */
final class Resolve {
    private static final ResolvePolicy NEWEST =
            ResolvePolicy.prefer(Preference.NEWEST).within(Duration.ofSeconds(60));

    private Resolve() {}

    public static void main(String[] arguments) throws IOException {
        long start = System.nanoTime();
        MemoryIndex index = new MemoryIndex(packages(Path.of(arguments[0])));
        long cpu = cpu();
        System.err.printf(
                Locale.ROOT,
                "%d names read in %.1f s (%.1f s of the processor)%n",
                index.names().size(),
                (System.nanoTime() - start) / 1e9,
                cpu / 1e9);
        for (String line : Files.readAllLines(Path.of(arguments[1]))) {
            List<Requirement> problem = new ArrayList<>();
            for (String name : line.split(" ")) {
                problem.add(Requirement.parse(name));
            }
            solve(index, problem);
        }
    }

    private static void solve(MemoryIndex index, List<Requirement> problem) {
        long start = System.nanoTime();
        long cpu = cpu();
        int size = -1;
        try {
            size = Resolver.resolve(index, problem, NEWEST).packages().size();
        } catch (UnsolvableException e) {
            if (e.derivation() == null) {
                throw e; // gave up, which is no answer
            }
        }
        System.out.printf(
                Locale.ROOT, "%.6f %.6f %d%n", (System.nanoTime() - start) / 1e9, (cpu() - cpu) / 1e9, size);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Each name and version once, as the first list has it. */
    private static List<Candidate> packages(Path file) throws IOException {
        Map<String, Candidate> found = new TreeMap<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            Map<String, String> fields = new HashMap<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int colon = line.indexOf(": ");
                if (line.isEmpty()) {
                    take(found, fields);
                    fields = new HashMap<>();
                } else if (colon > 0 && line.charAt(0) != ' ') {
                    fields.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
                }
            }
            take(found, fields);
        }
        return List.copyOf(found.values());
    }

    private static void take(Map<String, Candidate> found, Map<String, String> fields) {
        if (fields.isEmpty()) {
            return;
        }
        DebianControl control = new DebianControl(fields);
        Manifest manifest = control.manifest();
        Dependencies needs = control.dependencies();
        found.putIfAbsent(
                manifest.name() + " " + manifest.version(),
                new Candidate(
                        manifest.id(new BuildId("%016x".formatted(found.size()))),
                        needs.requirements(),
                        manifest.relations().conflicts(),
                        manifest.relations().provides(),
                        List.of(),
                        manifest.platform()));
    }
}
