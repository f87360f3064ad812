package io.jenkins.plugins.iplb.pipeline;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeJars;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.verb.POST;

@AnalyzeClasses(
        packages = "io.jenkins.plugins.iplb.pipeline",
        importOptions = {DoNotIncludeTests.class, DoNotIncludeJars.class})
class ArchitectureTest {
    /** After a restart what is transient is not there, and these two are called then. */
    @ArchTest
    static final ArchRule nothingTransientIsReadByWhatARestartCalls = methods()
            .that()
            .haveNameMatching("stop|onResume|getStatus")
            .and()
            .areDeclaredInClassesThat()
            .areAssignableTo(StepExecution.class)
            .should(readNothingTransient());

    @ArchTest
    static final ArchRule webMethodsThatFillCheckOrTestAnswerPostOnly = methods()
            .that()
            .haveNameMatching("do(Fill|Check|Test|AutoComplete).*")
            .should()
            .beAnnotatedWith(POST.class);

    /** But for what asks a HAProxy, which has to know where that comes from. */
    @ArchTest
    static final ArchRule stepsKnowNothingOfHttpAndNothingOfTheSandbox = noClasses()
            .that(not(belongToAnyOf(ExplainingStep.class)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("okhttp3..", "java.net.http..", "io.jenkins.plugins.iplb.sandbox..");

    private static ArchCondition<JavaMethod> readNothingTransient() {
        return new ArchCondition<>("read nothing transient") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                for (JavaFieldAccess access : method.getFieldAccesses()) {
                    boolean isTransient = access.getTarget()
                            .resolveMember()
                            .map(field -> field.getModifiers().contains(JavaModifier.TRANSIENT))
                            .orElse(false);
                    if (isTransient) {
                        events.add(SimpleConditionEvent.violated(method, access.getDescription()));
                    }
                }
            }
        };
    }
}
