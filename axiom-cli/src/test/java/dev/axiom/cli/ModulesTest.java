package dev.axiom.cli;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** The modules' directions: the command line alone sees all, and the collector never sees the ZFS binding. */
@AnalyzeClasses(packages = "dev.axiom", importOptions = ImportOption.DoNotIncludeTests.class)
class ModulesTest {
    @ArchTest
    static final ArchRule DIRECTIONS = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.axiom..")
            .layer("cli")
            .definedBy("dev.axiom.cli..")
            .optionalLayer("gc")
            .definedBy("dev.axiom.gc..")
            .optionalLayer("zfs")
            .definedBy("dev.axiom.zfs..")
            .layer("core")
            .definedBy("dev.axiom.core..")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("gc")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("zfs")
            .mayOnlyBeAccessedByLayers("cli");
}
