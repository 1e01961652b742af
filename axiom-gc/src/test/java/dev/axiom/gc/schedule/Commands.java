package dev.axiom.gc.schedule;

import dev.axiom.core.env.ConflictPolicy;
import dev.axiom.core.env.OpenEnv;
import dev.axiom.core.env.RealizeRequest;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.EnvStrategy;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Pin;
import dev.axiom.core.model.Preference;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.pool.Lease;
import dev.axiom.core.profile.ResolveRequest;
import dev.axiom.core.store.Added;
import dev.axiom.core.store.PackageAdder;
import dev.axiom.core.store.PackageRemoval;
import dev.axiom.gc.CollectOptions;
import dev.axiom.gc.GarbageCollector;
import dev.axiom.gc.HastyCollector;
import dev.axiom.gc.Progress;
import dev.axiom.gc.RetentionPolicy;
import dev.axiom.gc.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What actors do, in words, several with semicolons between; each as the command line does it. A word with {@code !} at
 * its end must succeed; without, the errors that its kind of command may end with are fine. Words: {@code start},
 * {@code add a1}, {@code keep p a1} (add and pin under one lease), {@code pin p a1}, {@code unpin p}, {@code use a1},
 * {@code drop a1}, {@code want dev a}, {@code unwant dev a}, {@code create dev}, {@code delete dev}, {@code resolve dev},
 * {@code history dev}, {@code back dev}, {@code realize e dev}, {@code again e dev}, {@code run e}, {@code run e 1},
 * {@code show e}, {@code envback e}, {@code envremove e}, {@code gc 0}, {@code gc 60} (minutes of grace),
 * {@code gc 0 1} (keeping one generation), {@code wait 90} (minutes pass).
 */
final class Commands {
    private final Bench bench;
    private final Bench.Parts parts;

    Commands(Bench bench, Bench.Parts parts) {
        this.bench = bench;
        this.parts = parts;
    }

    void run(String commands) {
        for (String command : commands.split(";", -1)) {
            String text = command.strip();
            boolean must = text.endsWith("!");
            List<String> words = List.of((must ? text.substring(0, text.length() - 1) : text).split(" ", -1));
            try {
                run(words);
            } catch (AxiomException e) {
                if (must || !fine(words.get(0)).contains(e.code())) {
                    throw e;
                }
            }
        }
    }

    /** How a command may end without anything being wrong. */
    private static Set<ErrorCode> fine(String word) {
        return switch (word) {
            case "keep" -> EnumSet.of(ErrorCode.CONFLICT);
            case "pin", "use", "unpin", "back", "delete", "create", "want", "unwant", "history", "show" ->
                EnumSet.of(ErrorCode.NOT_FOUND, ErrorCode.CONFLICT);
            case "resolve" -> EnumSet.of(ErrorCode.NOT_FOUND, ErrorCode.UNSOLVABLE);
            case "drop", "envremove" -> EnumSet.of(ErrorCode.NOT_FOUND, ErrorCode.BUSY);
            case "realize", "again", "run", "envback" -> EnumSet.of(ErrorCode.NOT_FOUND);
            case "gc" -> EnumSet.of(ErrorCode.BUSY);
            default -> EnumSet.noneOf(ErrorCode.class);
        };
    }

    private void run(List<String> words) {
        String word = words.get(0);
        switch (word) {
            case "start" -> parts.start();
            case "gc" -> collect(words);
            case "wait" -> bench.clock.advance(Duration.ofMinutes(Long.parseLong(words.get(1))));
            case "history" -> parts.profiles().history(new ProfileName(words.get(1)));
            case "show" -> parts.environments().show(new EnvName(words.get(1)));
            default -> {
                try (Lease lease = parts.pool().lease(String.join(" ", words))) {
                    run(lease, words);
                }
            }
        }
    }

    private void run(Lease lease, List<String> words) {
        String object = words.get(1);
        String second = words.size() > 2 ? words.get(2) : "";
        switch (words.get(0)) {
            case "add" -> use(add(lease, object));
            case "keep" -> {
                add(lease, second);
                pin(lease, object, second);
            }
            case "pin" -> pin(lease, object, second);
            case "unpin" -> parts.pins().remove(lease, object);
            case "use" -> use(parts.packages().open(lease, Template.of(object).id()));
            case "drop" ->
                new PackageRemoval(parts.pool(), parts.records())
                        .remove(lease, Template.of(object).id());
            default -> profileOrEnvironment(lease, words.get(0), object, second);
        }
    }

    private void profileOrEnvironment(Lease lease, String word, String object, String second) {
        ProfileName profile = new ProfileName(word.contains("realize") || word.equals("again") ? second : object);
        switch (word) {
            case "create" -> parts.profiles().create(lease, profile, "");
            case "delete" -> parts.profiles().delete(lease, profile);
            case "want" -> parts.profiles().add(lease, profile, List.of(Requirement.parse(second)));
            case "unwant" -> parts.profiles().remove(lease, profile, List.of(new PackageName(second)));
            case "resolve" -> parts.resolver().resolve(lease, profile, ResolveRequest.anew(Preference.NEWEST));
            case "back" -> parts.profiles().rollback(lease, profile, Optional.empty());
            default -> environment(lease, word, new EnvName(object), second);
        }
    }

    private void environment(Lease lease, String word, EnvName env, String second) {
        switch (word) {
            case "realize", "again" -> realize(lease, env, new ProfileName(second), word.equals("again"));
            case "run" -> run(lease, env, second.isEmpty() ? Optional.empty() : Optional.of(Integer.valueOf(second)));
            case "envback" -> parts.environments().rollback(lease, env, Optional.empty());
            case "envremove" -> parts.environments().remove(lease, env, Optional.empty());
            default -> throw new IllegalArgumentException(word);
        }
    }

    private Path add(Lease lease, String name) {
        Added added = new PackageAdder("test").add(lease, Template.of(name).request());
        return added.path();
    }

    private void pin(Lease lease, String pin, String name) {
        PackageId id = Template.of(name).id();
        parts.pins().add(lease, new Pin(pin, "", List.of(id)));
    }

    /** Works with a package; others have a chance to take it away meanwhile. */
    private static void use(Path folder) {
        Actor actor = Actor.current();
        if (actor != null) {
            actor.at(Step.of("use", Access.read("store/" + folder.getFileName())));
        }
        need(folder.resolve("root/bin"));
    }

    private static void need(Path path) {
        if (!Files.isDirectory(path)) {
            throw new IllegalStateException(path + " went while it was used");
        }
    }

    private void realize(Lease lease, EnvName env, ProfileName profile, boolean force) {
        RealizeRequest request = new RealizeRequest(
                () -> parts.profiles()
                        .current(profile)
                        .orElseThrow(() -> new AxiomException(ErrorCode.NOT_FOUND, "never resolved")),
                EnvStrategy.LINK,
                ConflictPolicy.ERROR,
                force);
        parts.environments().realize(lease, env, request);
    }

    private void run(Lease lease, EnvName env, Optional<Integer> generation) {
        OpenEnv open = parts.environments().open(lease, env, generation);
        Actor actor = Actor.current();
        if (actor != null) {
            actor.at(Step.of(
                    "use", Access.read("env/" + env + "/" + open.record().generation()), Access.read("store/*")));
        }
        need(open.path().resolve("bin"));
        if (!Files.exists(open.path().resolve("bin/a"))) {
            throw new IllegalStateException(open.path() + "/bin/a leads nowhere");
        }
    }

    private void collect(List<String> words) {
        RetentionPolicy keep = words.size() > 2
                ? RetentionPolicy.newest(Integer.parseInt(words.get(2)))
                : RetentionPolicy.everything();
        CollectOptions options =
                new CollectOptions(Duration.ofMinutes(Long.parseLong(words.get(1))), keep, Optional.empty());
        GarbageCollector.Surroundings surroundings =
                new GarbageCollector.Surroundings(Optional.of(bench.chosenLock()), Progress.NONE, new StopSignal(), 1);
        if (bench.mutations.contains(Mutation.ROOTS_BEFORE_DATASETS)) {
            HastyCollector.run(parts.target(), bench.clock, options, surroundings);
        } else {
            new GarbageCollector(parts.target(), bench.clock).run(options, surroundings);
        }
    }
}
