package dev.axiom.core.format;

import dev.axiom.core.model.BuildId;
import dev.axiom.core.model.ByteSize;
import dev.axiom.core.model.Dependencies;
import dev.axiom.core.model.EnvName;
import dev.axiom.core.model.EnvRecord;
import dev.axiom.core.model.EnvStrategy;
import dev.axiom.core.model.LockFile;
import dev.axiom.core.model.LockedPackage;
import dev.axiom.core.model.Manifest;
import dev.axiom.core.model.Manifest.About;
import dev.axiom.core.model.Manifest.Relations;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Pin;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.ProfileSpec;
import dev.axiom.core.model.Provenance;
import dev.axiom.core.model.Provided;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.model.Settings;
import dev.axiom.core.model.Settings.Gc;
import dev.axiom.core.model.TimeNote;
import dev.axiom.core.model.Uptime;
import dev.axiom.core.model.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Valid documents at random, with a liking for what YAML readers take for something else. */
final class RandomDocuments {
    private static final List<String> NASTY = List.of(
            "1.10",
            "null",
            "~",
            "~1.2",
            "no",
            "ON",
            "true",
            "0x1F",
            "1e5",
            "12:30:45",
            "2024-01-02",
            ".inf",
            "=",
            "<<",
            "*star",
            "&and",
            "!bang",
            "- dash",
            "-",
            "# hash",
            "a # b",
            "a: b",
            "colon:",
            ": ",
            "{}",
            "[x]",
            "a, b",
            "'single'",
            "\"double\"",
            "back\\slash",
            " space ",
            "%YAML 1.1",
            "@at",
            "`tick`",
            "|",
            ">=8.0,<9",
            "?",
            "---",
            "...",
            "ünïcödé",
            "日本語",
            "🐚 shell",
            "👩‍👩‍👧",
            "\u2028line",
            "\uFEFFmark",
            "\u00A0nbsp\u00A0",
            "\uFFFD",
            "9".repeat(70));
    private static final List<String> VERSIONS = List.of(
            "1.10", "5.2.15", "3.0.8p1", "1:2.0", "2024-01-02", "1.0.0-rc.1+build.5", "9", "1e5", "0x1f", "null");
    private static final List<String> CONSTRAINTS =
            List.of("*", "1.10", "=1.2.3", "~1.2", "^0.3", ">=8.0,<9", ">=1 <2", "1.2 || ^3", "!=1.3", "1.2.*");
    private static final String WORD = "abcxyzABCXYZ0189";

    private final Random random;

    RandomDocuments(Random random) {
        this.random = random;
    }

    Manifest manifest() {
        return new Manifest(name(), version(), random.nextInt(Manifest.MAX_REVISION), about(), relations());
    }

    private About about() {
        return new About(prose(), maybe(), maybe(), maybe(), distinct(() -> line() + "!", text -> text));
    }

    private Relations relations() {
        return new Relations(distinct(this::provided, Function.identity()), requirements(), requirements());
    }

    private Provided provided() {
        return new Provided(name(), random.nextBoolean() ? version() : null);
    }

    Dependencies dependencies() {
        return new Dependencies(requirements());
    }

    Provenance provenance() {
        return new Provenance(maybe(), random.nextBoolean() ? hex(32) : "", maybe());
    }

    ProfileSpec profile() {
        return new ProfileSpec(new ProfileName(word()), prose(), requirements());
    }

    LockFile lock() {
        return new LockFile(
                new ProfileName(word()), distinct(this::locked, one -> one.id().name()));
    }

    private LockedPackage locked() {
        return new LockedPackage(id(), random.nextBoolean());
    }

    EnvRecord env() {
        return new EnvRecord(
                new EnvName(word()),
                1 + random.nextInt(Integer.MAX_VALUE),
                new ProfileName(word()),
                1 + random.nextInt(9),
                pick(List.of(EnvStrategy.values())),
                distinct(this::id, id -> id));
    }

    StreamLabel label() {
        return new StreamLabel(id(), random.nextBoolean());
    }

    Pin pin() {
        List<PackageId> packages = distinct(this::id, id -> id);
        return new Pin(word(), maybe(), packages.isEmpty() ? List.of(id()) : packages);
    }

    TimeNote time() {
        Optional<Uptime> uptime = random.nextBoolean()
                ? Optional.of(new Uptime(hex(16), Duration.ofNanos(random.nextLong(1L << 60))))
                : Optional.empty();
        return new TimeNote(instant(), instant(), uptime);
    }

    private Instant instant() {
        return Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
    }

    Settings settings() {
        return new Settings(or("dir:/" + line()), or(1 + random.nextInt(Settings.MAX_JOBS)), or(span()), gc());
    }

    private Gc gc() {
        return new Gc(
                or(span()),
                or(random.nextInt(Integer.MAX_VALUE)),
                or(span()),
                or(new ByteSize(random.nextLong() >>> (1 + random.nextInt(63)))),
                or("/" + line()),
                or(Gc.SHORTEST_EVERY.plus(span())));
    }

    private Duration span() {
        return Duration.ofMillis(random.nextLong(1L << random.nextInt(1, 41)));
    }

    private PackageId id() {
        return new PackageId(name(), version(), random.nextInt(Manifest.MAX_REVISION + 1), new BuildId(hex(8)));
    }

    private List<Requirement> requirements() {
        return distinct(() -> Requirement.parse(name() + "@" + pick(CONSTRAINTS)), Requirement::name);
    }

    private PackageName name() {
        return new PackageName(random.nextInt(5) == 0 ? pick(List.of("g++", "null", "no", "1.10", "1e5")) : word());
    }

    private Version version() {
        return Version.parse(pick(VERSIONS));
    }

    private String hex(int bytes) {
        byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        return HexFormat.of().formatHex(noise);
    }

    private String word() {
        return random.ints(1 + random.nextInt(12), 0, WORD.length())
                .collect(StringBuilder::new, (b, i) -> b.append(WORD.charAt(i)), StringBuilder::append)
                .toString();
    }

    /** One line, nasty or of random characters. */
    String line() {
        if (random.nextBoolean()) {
            return pick(NASTY);
        }
        StringBuilder line = new StringBuilder("x");
        random.ints(random.nextInt(20), 0x20, random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT)
                .filter(c -> !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE)
                .forEach(line::appendCodePoint);
        return line.toString();
    }

    private String maybe() {
        return random.nextBoolean() ? line() : "";
    }

    private String prose() {
        return random.nextBoolean() ? line() + "\n\t" + line() + "\n" : maybe();
    }

    private <T> @Nullable T or(T value) {
        return random.nextBoolean() ? value : null;
    }

    private <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private <T> List<T> distinct(Supplier<T> make, Function<T, ?> key) {
        Map<Object, T> values = new LinkedHashMap<>();
        Stream.generate(make).limit(random.nextInt(5)).forEach(value -> values.put(key.apply(value), value));
        return List.copyOf(values.values());
    }
}
