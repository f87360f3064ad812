package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.iplb.faces.FaceTable;
import io.jenkins.plugins.iplb.jenkins.target.Target;
import io.jenkins.plugins.iplb.jenkins.testing.ChangeForms;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.parameter.Parameter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.DomNode;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlSelect;
import org.htmlunit.util.WebConnectionWrapper;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The steps' forms, as the Snippet Generator shows them, and what it generates. */
@WithJenkins
class FormsTest {
    private static JenkinsRule jenkins;
    private static Shop shop;

    @BeforeAll
    static void open(JenkinsRule rule) throws Exception {
        jenkins = rule;
        shop = new Shop();
        shop.configure();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    /** With the values of the table that all faces are held against, in which each parameter is. */
    @Test
    void everyFormGivesBackWhatItWasGiven() throws Exception {
        List<Step> steps = new ArrayList<>();
        for (FaceTable.Asked asked : PipelineFaceTest.good().toList()) {
            Map<String, Object> arguments = new LinkedHashMap<>(ChangeForms.arguments(
                    asked.operation(), asked.on(shop.sandbox()).values()));
            if (asked.operation().find("service").isPresent()
                    || asked.operation().isChange()) {
                arguments.putAll(Map.of("service", Shop.SERVICE, "credentialsId", Shop.CREDENTIALS));
            }
            arguments.putAll(Map.of("timeout", "1h", "onFailure", "unstable", "dryRun", true));
            steps.add(descriptor(asked.operation()).newInstance(arguments));
        }
        for (List<Step> some : ChangeForms.pages(steps)) {
            FreeStyleProject job = jenkins.createFreeStyleProject();
            some.forEach(step -> job.getBuildersList().add(new StepHolder(step)));

            try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
                HtmlPage page = client.getPage(job, "configure");
                client.waitForBackgroundJavaScript(90_000); // which fills the lists to choose from
                jenkins.submit(page.getFormByName("config"));
            }

            assertThat(job.getBuildersList().getAll(StepHolder.class))
                    .extracting(holder -> arguments(holder.getStep()))
                    .containsExactlyElementsOf(
                            some.stream().map(FormsTest::arguments).toList());
        }
    }

    private static Map<String, Object> arguments(Step step) {
        return DescribableModel.uninstantiate2_(step).toMap();
    }

    @Test
    void everyParameterOfTheCatalogueIsAPropertyWithHelpInEveryStepsForm() throws Exception {
        for (OperationType operation : PipelineFaceTest.stepsAndBlocks()) {
            DescribableModel<?> model = DescribableModel.of(descriptor(operation).clazz);
            for (Parameter parameter : operation.parameters()) {
                DescribableParameter property =
                        model.getParameter(parameter.name() + (parameter.value().isSecret() ? "CredentialsId" : ""));
                assertThat(property)
                        .as(operation.name() + "." + parameter.name())
                        .isNotNull();
                if (!parameter.name().equals("service")) {
                    assertThat(property.getHelp())
                            .as(operation.name() + "." + parameter.name())
                            .isNotNull();
                }
            }
            assertThat(model.getHelp()).as(operation.name()).isNotNull();
        }
    }

    private static StepDescriptor descriptor(OperationType operation) {
        return StepDescriptor.all().stream()
                .filter(each -> each instanceof IplbStepDescriptor ours
                        && ours.operation().equals(operation))
                .findFirst()
                .orElseThrow();
    }

    static Stream<Arguments> steps() {
        return Stream.of(
                Arguments.of(
                        "iplbAddRoute",
                        Map.of("loadBalancer", "shop", "protocol", "tcp", "frontend", 10005, "farm", "web-http2"),
                        "iplbAddRoute farm: 'web-http2', frontend: '10005', loadBalancer: 'shop', protocol: 'tcp'"),
                Arguments.of(
                        "iplbEnsureFrontend",
                        Map.of("loadBalancer", "shop", "protocol", "http", "port", "80", "zone", "all", "ssl", false),
                        "iplbEnsureFrontend loadBalancer: 'shop', port: '80', protocol: 'http', ssl: false, zone: 'all'"),
                Arguments.of("iplbRefresh", Map.of("loadBalancer", "shop"), "iplbRefresh loadBalancer: 'shop'"),
                Arguments.of(
                        "iplbRefresh",
                        Map.of("loadBalancer", "shop", "wait", false),
                        "iplbRefresh loadBalancer: 'shop', wait: false"),
                Arguments.of(
                        "iplbShow",
                        Map.of("loadBalancer", "shop", "servers", true),
                        "iplbShow loadBalancer: 'shop', servers: true"),
                Arguments.of(
                        "iplbCheckHttp2", Map.of("url", "https://a.example/"), "iplbCheckHttp2 'https://a.example/'"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("steps")
    void theGeneratedSnippetSaysNoDefaults(String function, Map<String, Object> arguments, String snippet)
            throws Exception {
        Step step = StepDescriptor.byFunctionName(function).newInstance(arguments);

        assertThat(Snippetizer.object2Groovy(step)).isEqualTo(snippet);
    }

    @Test
    void aFormThatNobodyHasComeToBeginsWithTheOnlyLoadBalancerAndFindsNoFault() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.EXTENDED_READ)
                .everywhere()
                .to("developer"));
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        try (JenkinsRule.WebClient client = jenkins.createWebClient().login("developer")) {
            HtmlPage generator = snippetGenerator(client, job, "iplbSetStickiness");

            assertThat(generator
                            .<HtmlInput>querySelector("[name='_.loadBalancer']")
                            .getValue())
                    .isEqualTo(Shop.NAME);
            assertThat(generator.querySelectorAll(".error")).isEmpty();
        } finally {
            jenkins.jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
            jenkins.jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
        }
    }

    @Test
    void aStepThatWasJustChosenOffersWhatIsThere() throws Exception {
        Map<String, String> offered = new ConcurrentHashMap<>();
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            client.setWebConnection(new WebConnectionWrapper(client.getWebConnection()) {
                @Override
                public WebResponse getResponse(WebRequest request) throws IOException {
                    WebResponse response = super.getResponse(request);
                    offered.put(
                            request.getUrl().getPath().replaceAll(".*/(?=\\w+/\\w+$)", ""),
                            response.getStatusCode() == 200 ? response.getContentAsString() : "");
                    return response;
                }
            });
            HtmlPage generator = snippetGenerator(client, jenkins.createProject(WorkflowJob.class), "iplbAddRoute");

            assertThat(offered).containsEntry("fillField/frontend", "[\"https\"]");
            assertThat(offered).containsEntry("fillField/farm", "[\"web-http1\",\"web-http2\"]");

            HtmlSelect protocol = generator.querySelector("[name='_.protocol']");
            protocol.setSelectedAttribute("http", true);
            client.waitForBackgroundJavaScript(90_000);

            assertThat(offered).containsEntry("fillField/frontend", "[\"http\"]");
            assertThat(offered).containsEntry("fillField/farm", "[\"app\"]");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "iplbCheckHttp2, an https URL",
        "iplbCheckTraffic, an http or https URL",
        "iplbCheckMetrics, at least one of atLeast and atMost",
        "iplbMoveFailover, an IPv4 address",
        "iplbAddRoute, an id (a whole number from 1) or a name",
        "iplbAddRule, an id (a whole number from 1) or a name",
        "iplbSetStickiness, an id (a whole number from 1) or a name",
        "iplbEnsureFrontend, 'at least one of frontend, name and port'",
        "iplbRolling, an id (a whole number from 1) or a name",
        "iplbShift, percentages from 1 to 100"
    })
    void theFormSaysWhatAStepNeedsBeforeItCanRunAndDoesNotCallThatAFault(String function, String needed)
            throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            HtmlPage generator = snippetGenerator(client, jenkins.createProject(WorkflowJob.class), function);

            assertThat(generator.querySelectorAll(".validation-error-area"))
                    .extracting(DomNode::getTextContent)
                    .anyMatch(said -> said.startsWith("Needed: " + needed));
            assertThat(generator.querySelectorAll(".error, .warning")).isEmpty();
        }
    }

    private static HtmlPage snippetGenerator(JenkinsRule.WebClient client, WorkflowJob job, String function)
            throws Exception {
        HtmlPage generator = client.getPage(job, "pipeline-syntax/");
        HtmlSelect steps = generator.querySelector("select.dropdownList");
        steps.setSelectedAttribute(
                steps.getOptions().stream()
                        .filter(option -> option.getText().startsWith(function + ":"))
                        .findFirst()
                        .orElseThrow(),
                true);
        client.waitForBackgroundJavaScript(90_000);
        return generator;
    }

    @Test
    void blanksOfAPatternCountAndListsAreSplitAtCommasAndBlanksAsTheCatalogueHasIt() throws Exception {
        AddRuleStep rule = (AddRuleStep) StepDescriptor.byFunctionName("iplbAddRule")
                .newInstance(Map.of(
                        "protocol", "http", "route", "12", "field", "uri", "match", "contains", "pattern", " a "));
        DedicateFailoverStep dedicate = (DedicateFailoverStep) StepDescriptor.byFunctionName("iplbDedicateFailover")
                .newInstance(
                        Map.of("protocol", "tcp", "frontend", "https", "ips", "203.0.113.7 203.0.113.8,203.0.113.9"));

        assertThat(meant(rule).wanted().json().path("rule").path("pattern").textValue())
                .isEqualTo(" a ");
        assertThat(meant(dedicate).wanted().json().path("ips")).hasSize(3);
    }

    private static Operation.OnLoadBalancer meant(ChangeStep step) {
        return (Operation.OnLoadBalancer) step.given().operation(new Target(null, null, Shop.SERVICE, List.of()));
    }

    @Test
    void rulesAreMapsInTheSnippet() throws Exception {
        Step step = StepDescriptor.byFunctionName("iplbAddRoute")
                .newInstance(Map.of(
                        "protocol",
                        "tcp",
                        "frontend",
                        "https",
                        "reject",
                        true,
                        "rules",
                        List.of(Map.of("field", "protocol", "match", "is", "pattern", "http/2.0"))));

        assertThat(Snippetizer.object2Groovy(step))
                .isEqualTo("iplbAddRoute frontend: 'https', protocol: 'tcp', reject: true,"
                        + " rules: [[field: 'protocol', match: 'is', pattern: 'http/2.0']]");
    }
}
