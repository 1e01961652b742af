package dev.axiom.cli.command.profile;

import dev.axiom.cli.Typed;
import dev.axiom.core.model.AxiomException;
import dev.axiom.core.model.ErrorCode;
import dev.axiom.core.model.PackageId;
import dev.axiom.core.model.PackageName;
import dev.axiom.core.model.PackageRef;
import dev.axiom.core.model.ProfileName;
import dev.axiom.core.model.Requirement;
import dev.axiom.core.store.Offers;
import dev.axiom.core.store.PackageStore;
import dev.axiom.core.store.StoredPackage;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Words that name one build of a package, as other commands take and print them. A profile asks for versions: what is
 * printed as an id it takes for that version; the shorter forms it would take for versions that no package has.
 */
final class Builds {
    private static final Pattern ID = Pattern.compile("[^@|\\s]+@[^\\s|]+_[0-9]{1,9}\\+[0-9a-f]{16}");
    private static final Pattern REVISION =
            Pattern.compile("[^@|\\s]+@[A-Za-z0-9][^\\s|,*]*_[0-9]{1,9}(\\+[0-9a-f]{4,16})?");
    private static final Pattern BUILD_ID = Pattern.compile("[0-9a-f]{4,16}");

    private Builds() {}

    /** The same words, but a package's whole id, which every command prints and takes back, asks for its version. */
    static List<String> asWishes(List<String> words) {
        return words.stream().map(Builds::asWish).toList();
    }

    private static String asWish(String word) {
        if (!ID.matcher(word).matches()) {
            return word;
        }
        PackageId id = Typed.value(() -> PackageId.parse(word));
        return asked(id);
    }

    /** The name that a word is or, if it is a package's whole id, begins with. @throws AxiomException {@code USAGE} */
    static PackageName name(String word) {
        return Typed.value(
                () -> ID.matcher(word).matches() ? PackageId.parse(word).name() : new PackageName(word));
    }

    /**
     * Looks whether one of the words names a build and is no version that a package has.
     *
     * @param trouble told of packages that cannot be understood, if it comes to a look at the packages
     * @throws AxiomException {@code USAGE} if one does
     */
    static void refuse(ProfileName profile, List<String> words, PackageStore store, Consumer<AxiomException> trouble) {
        List<String> suspects = words.stream()
                .filter(word -> REVISION.matcher(word).matches()
                        || BUILD_ID.matcher(word).matches())
                .toList();
        List<StoredPackage> all = suspects.isEmpty() ? List.of() : store.list(trouble);
        suspects.forEach(word -> requireWish(profile, word, all));
    }

    private static void requireWish(ProfileName profile, String word, List<StoredPackage> all) {
        Set<PackageId> meeting = new Offers(all).meeting(Requirement.parse(word));
        if (!meeting.isEmpty() && !meeting.stream().allMatch(id -> isMistaken(word, id))) {
            return; // there is such a version, or such a name
        }
        PackageRef ref = Typed.packageRef(word);
        all.stream().map(StoredPackage::id).filter(ref::matches).findFirst().ifPresent(id -> {
            throw refused(profile, word, id);
        });
        meeting.stream().findFirst().ifPresent(id -> {
            throw mistaken(profile, word, id);
        });
    }

    /** Whether the order takes the word's revision for a part of this package's version: 5.2_1 has the place of 5.2.1. */
    private static boolean isMistaken(String word, PackageId id) {
        return word.startsWith(id.name() + "@")
                && !word.equals(id.name() + "@" + id.version())
                && !word.equals(asked(id));
    }

    /** What asks for a package's version. */
    private static String asked(PackageId id) {
        return id.name() + "@" + id.version().qualified();
    }

    private static AxiomException refused(ProfileName profile, String word, PackageId id) {
        return new AxiomException(
                ErrorCode.USAGE,
                "'" + word + "' names one build of " + id.name() + ", and a profile asks for versions",
                "axiom profile add " + profile + " " + asked(id) + "; to keep this very build: axiom root add " + id,
                null);
    }

    private static AxiomException mistaken(ProfileName profile, String word, PackageId id) {
        return new AxiomException(
                ErrorCode.USAGE,
                "no package is called '" + word + "', and as a version it would mean " + asked(id),
                "axiom profile add " + profile + " " + asked(id),
                null);
    }
}
