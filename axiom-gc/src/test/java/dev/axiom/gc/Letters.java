package dev.axiom.gc;

import dev.axiom.core.model.BuildId;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.Version;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Packages that are called {@code a}, {@code b}, {@code c}, …, or any short lower-case word. */
final class Letters {
    private Letters() {}

    /** The package of that name; always the same id. */
    static PackageId id(String letter) {
        return new PackageId(
                new PackageName(letter),
                Version.parse("1"),
                1,
                new BuildId(String.format("%016x", Integer.toUnsignedLong(letter.hashCode()))));
    }

    /** Several, as in {@code "a b c"}. */
    static List<PackageId> ids(String letters) {
        return words(letters).stream().map(Letters::id).toList();
    }

    static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+", 0))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Back to letters, in the order given. */
    static String of(Collection<PackageId> ids) {
        return ids.stream().map(id -> id.name().value()).collect(Collectors.joining(" "));
    }

    static String ofDead(Collection<DeadPackage> dead) {
        return of(dead.stream().map(DeadPackage::id).toList());
    }
}
