package io.jenkins.plugins.iplb;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaModifier.ABSTRACT;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeJars;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.jenkins.plugins.iplb.failure.IplbException;

/** Who may know whom in the core, as DESIGN.md has it. */
@AnalyzeClasses(
        packages = "io.jenkins.plugins.iplb",
        importOptions = {DoNotIncludeTests.class, DoNotIncludeJars.class, LayersTest.OnlyTheCore.class})
class LayersTest {
    /** In a build that packages nothing, the sandbox's classes are in a folder, as the core's are. */
    static final class OnlyTheCore implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/sandbox/");
        }
    }

    private static final String HOME = "io.jenkins.plugins.iplb.";

    @ArchTest
    static final ArchRule failuresKnowNobody = knows("failure");

    @ArchTest
    static final ArchRule ovhKnowsNothingAboutLoadBalancers = knows("ovh", "failure");

    @ArchTest
    static final ArchRule theRecordKnowsPlainValuesOnly = knows("record", "failure");

    @ArchTest
    static final ArchRule waitsKnowNobody = knows("wait");

    @ArchTest
    static final ArchRule locksAreTurnsAndKnowNoLoadBalancer = knows("lock", "wait", "failure");

    @ArchTest
    static final ArchRule liveChecksKnowFailuresOnly = knows("check", "failure");

    @ArchTest
    static final ArchRule theApiIsOnOvh = knows("api", "ovh", "failure");

    @ArchTest
    static final ArchRule aRunJoinsOvhAndTheRecord = knows("run", "ovh", "record", "failure");

    @ArchTest
    static final ArchRule parametersAreOnTheApi = knows("parameter", "api", "ovh", "failure");

    @ArchTest
    static final ArchRule changesAreOnTheApi =
            knows("change", "parameter", "api", "ovh", "run", "wait", "record", "failure");

    @ArchTest
    static final ArchRule refreshesAreOnTheApiAndKnowNoChanges =
            knows("refresh", "api", "ovh", "run", "wait", "record", "failure");

    @ArchTest
    static final ArchRule changeFilesAreReadByTheCatalogue =
            knows("file", "operation", "change", "run", "parameter", "record", "api", "ovh", "failure");

    @ArchTest
    static final ArchRule deploymentsAreOperationsAndWhatIsDoneBetweenThem =
            knows("deployment", "operation", "change", "parameter", "api", "ovh", "run", "wait", "record", "failure");

    @ArchTest
    static final ArchRule onlyTheRunWritesTheRecord = noClasses()
            .that()
            .resideOutsideOfPackages(HOME + "record", HOME + "run", HOME + "operation", HOME + "process")
            .should()
            .dependOnClassesThat()
            .haveNameMatching(".*\\.record\\.(Journal|RecordFile|Outcome)");

    @ArchTest
    static final ArchRule nobodyImportsAFaceTheSandboxOrJenkins = noClasses()
            .should()
            .dependOnClassesThat(resideInAnyPackage(
                    HOME + "cli..",
                    HOME + "bench..",
                    HOME + "ansible..",
                    HOME + "jenkins..",
                    HOME + "pipeline..",
                    HOME + "sandbox..",
                    "hudson..",
                    "jenkins..",
                    "picocli.."));

    @ArchTest
    static final ArchRule thereAreNoOtherPackages = classes()
            .should()
            .resideInAnyPackage(
                    HOME + "failure",
                    HOME + "ovh",
                    HOME + "record",
                    HOME + "wait",
                    HOME + "lock",
                    HOME + "check",
                    HOME + "api",
                    HOME + "run",
                    HOME + "parameter",
                    HOME + "change",
                    HOME + "refresh",
                    HOME + "operation",
                    HOME + "deployment",
                    HOME + "file",
                    HOME + "process");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching(HOME + "(*)..").should().beFreeOfCycles();

    /** But for the list that start.sh asks for. */
    @ArchTest
    static final ArchRule nothingIsPrinted = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(HOME + "process.ClassList")
            .should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule nothingIsLogged = NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    /** But for the turns at the file of the record, which another process may hold for some milliseconds. */
    @ArchTest
    static final ArchRule nobodyWaitsWithAThread = noClasses()
            .that()
            .resideOutsideOfPackage(HOME + "record")
            .should()
            .callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule nothingIsInheritedButWhatIsMeantToBe = classes()
            .that(DescribedPredicate.not(DescribedPredicate.or(
                    DescribedPredicate.describe("interfaces", JavaClass::isInterface),
                    DescribedPredicate.describe("compiled lambdas and switches", JavaClass::isAnonymousClass))))
            .and()
            .areNotEnums()
            .and()
            .doNotBelongToAnyOf(IplbException.class)
            .should()
            .haveModifier(FINAL)
            .orShould()
            .haveModifier(ABSTRACT);

    @ArchTest
    static final ArchRule thereIsNoStaticState =
            fields().that().areStatic().should().beFinal();

    private static ArchRule knows(String name, String... others) {
        String[] known = new String[others.length + 1];
        known[0] = HOME + name;
        for (int i = 0; i < others.length; i++) {
            known[i + 1] = HOME + others[i];
        }
        DescribedPredicate<JavaClass> strangers =
                resideInAPackage("io.jenkins.plugins.iplb..").and(DescribedPredicate.not(resideInAnyPackage(known)));
        return noClasses()
                .that()
                .resideInAPackage(HOME + name)
                .should()
                .dependOnClassesThat(strangers)
                .as("%s knows of this project's packages only %s".formatted(name, String.join(", ", others)));
    }
}
