package io.jenkins.plugins.iplb.jenkins;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeJars;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.kohsuke.stapler.verb.POST;

@AnalyzeClasses(
        packages = "io.jenkins.plugins.iplb",
        importOptions = {DoNotIncludeTests.class, DoNotIncludeJars.class})
class ArchitectureTest {
    /** What they answer may hold what OVH answered; a GET could be made to happen by any page. */
    @ArchTest
    static final ArchRule webMethodsThatFillCheckOrTestAnswerPostOnly = methods()
            .that()
            .haveNameMatching("do(Fill|Check|Test|AutoComplete).*")
            .and()
            .areDeclaredInClassesThat()
            .resideInAPackage("io.jenkins.plugins.iplb.jenkins..")
            .should()
            .beAnnotatedWith(POST.class);

    @ArchTest
    static final ArchRule nothingShippedKnowsTheSandbox = noClasses()
            .that()
            .resideInAPackage("io.jenkins.plugins.iplb.jenkins..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.jenkins.plugins.iplb.sandbox..");

    @ArchTest
    static final ArchRule nothingSleeps = noClasses()
            .that()
            .resideInAPackage("io.jenkins.plugins.iplb.jenkins..")
            .should()
            .callMethod(Thread.class, "sleep", long.class);
}
