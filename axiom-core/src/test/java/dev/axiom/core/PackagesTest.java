package dev.axiom.core;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.axiom.core.lock.FileLock;
import dev.axiom.core.os.DurableFile;
import dev.axiom.core.store.PackageAdder;
import java.nio.file.Files;
import java.util.List;

/** The core's directions: a package sees those that stand before it in this list, and none behind. */
@AnalyzeClasses(packages = "dev.axiom.core", importOptions = ImportOption.DoNotIncludeTests.class)
class PackagesTest {
    private static final List<String> ORDER =
            List.of("model", "os", "format", "lock", "archive", "pool", "store", "resolve", "profile", "env");

    @ArchTest
    static final ArchRule NO_CYCLES =
            slices().matching("dev.axiom.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_CORE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.axiom.gc..", "dev.axiom.zfs..", "dev.axiom.cli..");

    @ArchTest
    static void eachPackageSeesOnlyThoseBeforeIt(JavaClasses classes) {
        for (int i = 0; i < ORDER.size() - 1; i++) {
            String[] behind = ORDER.subList(i + 1, ORDER.size()).stream()
                    .map(name -> "dev.axiom.core." + name + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("dev.axiom.core." + ORDER.get(i) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(behind)
                    .allowEmptyShould(true)
                    .check(classes);
        }
    }

    @ArchTest
    static final ArchRule ARCHIVE_AND_POOL_ARE_STRANGERS = noClasses()
            .that()
            .resideInAPackage("dev.axiom.core.pool..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.axiom.core.archive..");

    /** What processes share is changed through {@link DurableFile} alone, so that tests can try every interleaving. */
    @ArchTest
    static final ArchRule STATE_FILES_ARE_CHANGED_IN_ONE_PLACE = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.axiom.core.lock..",
                    "dev.axiom.core.store..",
                    "dev.axiom.core.profile..",
                    "dev.axiom.core.env..")
            .and(not(belongToAnyOf(PackageAdder.class))) // fills a staging, which nobody shares
            .and(not(simpleName("Realization"))) // likewise
            .and(not(belongToAnyOf(FileLock.class))) // the holder's name, by which nothing decides
            .should()
            .callMethodWhere(target(owner(belongToAnyOf(Files.class)))
                    .and(target(nameMatching("write.*|move|copy|delete.*|create.*|new.*(Writer|OutputStream)|set.*"))));
}
