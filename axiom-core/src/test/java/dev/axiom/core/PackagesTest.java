package dev.axiom.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
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
}
