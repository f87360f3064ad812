package io.jenkins.plugins.iplb.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses sandbox = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.jenkins.plugins.iplb.sandbox");

    @Test
    void theSandboxKnowsNothingOfTheRestOfTheProject() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.jenkins.plugins.iplb",
                        "io.jenkins.plugins.iplb.ovh..",
                        "io.jenkins.plugins.iplb.api..",
                        "io.jenkins.plugins.iplb.change..",
                        "io.jenkins.plugins.iplb.refresh..",
                        "io.jenkins.plugins.iplb.record..",
                        "io.jenkins.plugins.iplb.check..",
                        "io.jenkins.plugins.iplb.failure..")
                .check(sandbox);
    }

    @Test
    void packagesDoNotDependOnEachOtherInCircles() {
        slices().matching("io.jenkins.plugins.iplb.sandbox.(*)")
                .should()
                .beFreeOfCycles()
                .check(sandbox);
    }

    @Test
    void onlyTheNetworkSideKnowsJetty() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..sandbox.origin", "..sandbox.server", "..sandbox.tls")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .check(sandbox);
    }
}
