package dev.axiom.gc;

import dev.axiom.core.model.Durations;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.TimeNote;
import dev.axiom.core.pool.Dataset;
import dev.axiom.core.pool.DatasetName;
import dev.axiom.core.pool.HoldTag;
import dev.axiom.core.pool.LeaseInfo;
import dev.axiom.core.store.RecordFile;
import dev.axiom.core.store.RecordKey;
import dev.axiom.core.store.RecordKind;
import dev.axiom.core.store.Root;
import dev.axiom.core.store.StoreLayout;
import dev.axiom.core.store.StoredPackage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A survey made of letters and arrows:
 *
 * <pre>
 * a                    a package of one byte
 * b*10                 one of ten bytes
 * c/2d                 one that has been dead for two days; c/-2d will be dead in two days
 * profile dev 3 -> a b a root; likewise {@code env dev 3 -> a} and {@code pin base -> a}
 * profile dev 3/9d     a generation that retention may decide on, nine days old; "profile dev 3/9d!" is the current one
 * lease -> a           a lease that protects a; "lease -> env/dev/3" protects an environment
 * lost pin base -> a   a hold on a, without its record
 * disk dev 3*5         an environment's files, five bytes
 * </pre>
 */
final class World {
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private final List<StoredPackage> packages = new ArrayList<>();
    private final List<Dataset> environments = new ArrayList<>();
    private final List<Root> roots = new ArrayList<>();
    private final List<LeaseInfo> leases = new ArrayList<>();
    private final List<Generation> generations = new ArrayList<>();
    private final Map<DatasetName, Set<HoldTag>> lost = new HashMap<>();

    /** Each line is a declaration; one without a keyword declares several packages. */
    static Survey survey(String... lines) {
        World world = new World();
        for (String line : lines) {
            world.declare(line);
        }
        return new Survey(
                new CountedTime(
                        NOW, NOW, Optional.empty(), Optional.of(new TimeNote(NOW, NOW, Optional.empty())), false),
                world.packages,
                world.environments,
                new Survey.Users(world.roots, world.leases),
                world.generations,
                world::lost);
    }

    private Map<DatasetName, Set<HoldTag>> lost(Collection<DatasetName> names) {
        Map<DatasetName, Set<HoldTag>> found = new HashMap<>(lost);
        found.keySet().retainAll(names);
        return found;
    }

    private void declare(String line) {
        int arrow = line.indexOf("->");
        List<String> left = Letters.words(arrow < 0 ? line : line.substring(0, arrow));
        if (arrow >= 0) {
            List<String> right = Letters.words(line.substring(arrow + 2));
            if (left.get(0).equals("lease")) {
                lease(right);
            } else if (left.get(0).equals("lost")) {
                HoldTag tag = key(left.subList(1, left.size())).tag();
                right.forEach(letter -> lost.put(StoreLayout.packageDataset(Letters.id(letter)), Set.of(tag)));
            } else {
                RecordKey key = key(left);
                roots.add(new Root(
                        key,
                        RecordFile.State.READY,
                        Path.of(key.toString()),
                        right.stream().map(Letters::id).toList()));
            }
        } else if (left.get(0).equals("disk")) {
            disk(left);
        } else if (left.get(0).equals("profile") || left.get(0).equals("env")) {
            generation(left);
        } else {
            left.forEach(word -> packages.add(stored(word)));
        }
    }

    private static RecordKey key(List<String> words) {
        return switch (words.get(0)) {
            case "profile" -> new RecordKey(RecordKind.PROFILE, words.get(1), Integer.parseInt(words.get(2)));
            case "env" -> new RecordKey(RecordKind.ENV, words.get(1), Integer.parseInt(words.get(2)));
            case "pin" -> new RecordKey(RecordKind.PIN, words.get(1), 0);
            default -> throw new IllegalArgumentException("no root: " + words);
        };
    }

    private void generation(List<String> words) {
        boolean current = words.get(2).endsWith("!");
        String[] parts = words.get(2).replace("!", "").split("/", 2);
        RecordKey key = key(List.of(words.get(0), words.get(1), parts[0]));
        generations.add(new Generation(key, ago(parts[1]), current));
    }

    private void lease(List<String> what) {
        Set<DatasetName> names = what.stream()
                .map(word -> word.contains("/") ? new DatasetName(word) : StoreLayout.packageDataset(Letters.id(word)))
                .collect(Collectors.toSet());
        leases.add(new LeaseInfo("lease-" + leases.size(), Optional.empty(), names));
    }

    private void disk(List<String> words) {
        String[] parts = words.get(2).split("\\*", 2);
        DatasetName name = new DatasetName("env/" + words.get(1) + "/" + parts[0]);
        environments.add(
                new Dataset(name, Map.of(), Optional.empty(), parts.length == 2 ? Long.parseLong(parts[1]) : 1));
    }

    private static StoredPackage stored(String word) {
        String[] parts = word.split("/", 2);
        String[] sized = parts[0].split("\\*", 2);
        PackageId id = Letters.id(sized[0]);
        return new StoredPackage(
                id,
                StoreLayout.packageDataset(id),
                sized.length == 2 ? Long.parseLong(sized[1]) : 1,
                parts.length == 2 ? Optional.of(ago(parts[1])) : Optional.empty(),
                Map.of());
    }

    private static Instant ago(String age) {
        return age.startsWith("-") ? NOW.plus(Durations.parse(age.substring(1))) : NOW.minus(Durations.parse(age));
    }
}
