package dev.axiom.core.resolve;

import dev.axiom.core.model.BuildId;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Preference;
import dev.axiom.core.model.Provided;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.model.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Builds an index for a test, a line per package: {@code web 2.0: ssl@^3, !nginx, +httpd@1}. */
final class Packages {
    private final List<Candidate> candidates = new ArrayList<>();

    /**
     * Adds a package of revision 1, or another as in {@code web 2.0_3}; build ids count up from 1.
     *
     * @param line name and version; behind a colon dependencies, conflicts (with {@code !}), provided names ({@code +})
     */
    Packages with(String line) {
        String[] halves = line.split(":", 2);
        String[] head = halves[0].strip().split("[ _]", -1);
        PackageId id = new PackageId(
                new PackageName(head[0]),
                Version.parse(head[1]),
                head.length > 2 ? Integer.parseInt(head[2]) : 1,
                new BuildId("%016x".formatted(candidates.size() + 1)));
        List<String> words = halves.length < 2
                ? List.of()
                : Arrays.stream(halves[1].split(";", -1)).map(String::strip).toList();
        candidates.add(new Candidate(
                id,
                words.stream()
                        .filter(word -> !word.matches("[!+].*"))
                        .map(Requirement::parse)
                        .toList(),
                marked(words, "!").stream().map(Requirement::parse).toList(),
                marked(words, "+").stream().map(Provided::parse).toList()));
        return this;
    }

    private static List<String> marked(List<String> words, String mark) {
        return words.stream()
                .filter(word -> word.startsWith(mark))
                .map(word -> word.substring(1))
                .toList();
    }

    List<Candidate> candidates() {
        return candidates;
    }

    MemoryIndex index() {
        return new MemoryIndex(candidates);
    }

    /** Resolves for the newest versions; each chosen package as {@code name version}, with a star if requested. */
    List<String> resolve(String... roots) {
        return resolve(ResolvePolicy.prefer(Preference.NEWEST), roots);
    }

    List<String> resolve(ResolvePolicy policy, String... roots) {
        return Resolver.resolve(index(), requirements(roots), policy).packages().stream()
                .map(chosen -> chosen.id().name() + " " + chosen.id().version()
                        + (chosen.id().revision() == 1 ? "" : "_" + chosen.id().revision())
                        + (chosen.requested() ? "*" : ""))
                .toList();
    }

    static List<Requirement> requirements(String... roots) {
        return Arrays.stream(roots).map(Requirement::parse).toList();
    }
}
