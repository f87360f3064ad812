package io.jenkins.plugins.iplb.jenkins;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeJars;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.kohsuke.stapler.verb.POST;

/** Who may know whom in the plugin, and what nobody may do. */
@AnalyzeClasses(
        packages = "io.jenkins.plugins.iplb.jenkins",
        importOptions = {DoNotIncludeTests.class, DoNotIncludeJars.class})
class ArchitectureTest {
    private static final String HOME = "io.jenkins.plugins.iplb.jenkins.";

    @ArchTest
    static final ArchRule theConfigurationKnowsNobody = knows("configuration");

    @ArchTest
    static final ArchRule whatAControllerHasOnceIsConfigured = knows("controller", "configuration");

    @ArchTest
    static final ArchRule credentialsAreForAllowedEndpoints = knows("credentials", "controller", "configuration");

    @ArchTest
    static final ArchRule aTargetIsAConfiguredNameOrCredentials =
            knows("target", "record", "credentials", "controller", "configuration");

    @ArchTest
    static final ArchRule formsAskAboutTargets =
            knows("form", "readings", "target", "credentials", "controller", "configuration");

    @ArchTest
    static final ArchRule recordsKnowNothingOfWhatMadeThem = knows("record", "controller", "configuration");

    @ArchTest
    static final ArchRule plansAreShownAsRecordsAre = knows("plan", "record", "controller", "configuration");

    @ArchTest
    static final ArchRule tokensForMetricsAreBoundAsCredentialsAre = knows("metrics", "credentials", "target");

    @ArchTest
    static final ArchRule logsPointAtRecordsAndPlans = knows("log", "record", "plan");

    @ArchTest
    static final ArchRule readingsAreOfTargets = knows("readings", "target", "controller", "configuration");

    @ArchTest
    static final ArchRule checksMayConnectToWhatReadingsSay =
            knows("check", "readings", "target", "controller", "configuration");

    @ArchTest
    static final ArchRule thePageOfAllLoadBalancersShowsAndChangesNothing =
            knows("overview", "drift", "readings", "record", "target", "controller", "configuration");

    @ArchTest
    static final ArchRule driftIsFromWhatBuildsHaveLeft =
            knows("drift", "record", "target", "controller", "configuration");

    @ArchTest
    static final ArchRule healthPointsAtThePage =
            knows("health", "overview", "drift", "readings", "credentials", "target", "controller", "configuration");

    @ArchTest
    static final ArchRule theGateOfTheQueueHasAForm = knows("gate", "readings", "form", "target", "controller");

    @ArchTest
    static final ArchRule buildStepsAreAFace =
            knows("freestyle", "check", "form", "log", "record", "target", "controller", "configuration");

    @ArchTest
    static final ArchRule thereAreNoOtherPackages = classes()
            .should()
            .resideInAnyPackage(Stream.of(
                            "configuration",
                            "controller",
                            "credentials",
                            "target",
                            "metrics",
                            "form",
                            "record",
                            "plan",
                            "log",
                            "readings",
                            "check",
                            "drift",
                            "overview",
                            "health",
                            "gate",
                            "freestyle")
                    .map(HOME::concat)
                    .toArray(String[]::new));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching(HOME + "(*)..").should().beFreeOfCycles();

    /** What they answer may hold what OVH answered; a GET could be made to happen by any page. */
    @ArchTest
    static final ArchRule webMethodsThatFillCheckOrTestAnswerPostOnly = methods()
            .that()
            .haveNameMatching("do(Fill|Check|Test|AutoComplete).*")
            .should()
            .beAnnotatedWith(POST.class);

    @ArchTest
    static final ArchRule nothingShippedKnowsTheSandbox =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.jenkins.plugins.iplb.sandbox..");

    @ArchTest
    static final ArchRule nothingSleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    private static ArchRule knows(String name, String... others) {
        String[] known = Stream.concat(Stream.of(name), Stream.of(others))
                .map(HOME::concat)
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(HOME + name)
                .should()
                .dependOnClassesThat(
                        resideInAPackage(HOME + ".").and(DescribedPredicate.not(resideInAnyPackage(known))))
                .as("%s knows of the plugin's packages only %s".formatted(name, String.join(", ", others)));
    }
}
