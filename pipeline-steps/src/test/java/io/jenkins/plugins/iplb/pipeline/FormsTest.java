package io.jenkins.plugins.iplb.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.iplb.jenkins.form.GivenFields;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.OperationType;
import java.io.IOException;
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

    static Stream<Arguments> steps() {
        return Stream.of(
                Arguments.of(
                        "iplbAddRoute",
                        Map.of("loadBalancer", "shop", "protocol", "tcp", "frontend", "https", "farm", "web-http2"),
                        "iplbAddRoute farm: 'web-http2', frontend: 'https', loadBalancer: 'shop', protocol: 'tcp'"),
                Arguments.of(
                        "iplbAddRoute",
                        Map.of(
                                "loadBalancer", "shop",
                                "protocol", "http",
                                "frontend", "http",
                                "redirect", "https://b.example/",
                                "status", 301,
                                "weight", 0,
                                "name", "away",
                                "rules",
                                        List.of(Map.of(
                                                "field",
                                                "header",
                                                "match",
                                                "is",
                                                "subField",
                                                "X",
                                                "pattern",
                                                "1",
                                                "negate",
                                                true)),
                                "timeout", "1h",
                                "dryRun", true),
                        null),
                Arguments.of(
                        "iplbAddRule",
                        Map.of(
                                "loadBalancer",
                                "shop",
                                "protocol",
                                "tcp",
                                "route",
                                "12",
                                "field",
                                "sni",
                                "match",
                                "is",
                                "pattern",
                                "a"),
                        "iplbAddRule field: 'sni', loadBalancer: 'shop', match: 'is', pattern: 'a', protocol: 'tcp', route: '12'"),
                Arguments.of(
                        "iplbMoveFailover",
                        Map.of("loadBalancer", "shop", "ip", "203.0.113.7", "to", "shop"),
                        "iplbMoveFailover ip: '203.0.113.7', loadBalancer: 'shop', to: 'shop'"),
                Arguments.of(
                        "iplbDedicateFailover",
                        Map.of("loadBalancer", "shop", "protocol", "udp", "frontend", "dns", "ips", "203.0.113.7"),
                        "iplbDedicateFailover frontend: 'dns', ips: '203.0.113.7', loadBalancer: 'shop', protocol: 'udp'"),
                Arguments.of(
                        "iplbEnsureFrontend",
                        Map.of("loadBalancer", "shop", "protocol", "http", "port", "80", "zone", "all"),
                        "iplbEnsureFrontend loadBalancer: 'shop', port: '80', protocol: 'http', zone: 'all'"),
                Arguments.of(
                        "iplbEnsureFrontend",
                        Map.of(
                                "loadBalancer",
                                "shop",
                                "protocol",
                                "http",
                                "port",
                                "80",
                                "zone",
                                "all",
                                "ssl",
                                false,
                                "ips",
                                "203.0.113.7"),
                        null),
                Arguments.of(
                        "iplbSetStickiness",
                        Map.of("loadBalancer", "shop", "protocol", "http", "farm", "app", "stickiness", "sourceIp"),
                        "iplbSetStickiness farm: 'app', loadBalancer: 'shop', protocol: 'http', stickiness: 'sourceIp'"),
                Arguments.of("iplbRefresh", Map.of("loadBalancer", "shop"), "iplbRefresh loadBalancer: 'shop'"),
                Arguments.of(
                        "iplbRefresh",
                        Map.of(
                                "service",
                                "loadbalancer-1",
                                "credentialsId",
                                "ovh",
                                "zones",
                                "gra, rbx",
                                "force",
                                true,
                                "wait",
                                false,
                                "exclusive",
                                true,
                                "foreignChanges",
                                "refuse",
                                "onFailure",
                                "unstable"),
                        null),
                Arguments.of("iplbShow", Map.of("loadBalancer", "shop"), "iplbShow loadBalancer: 'shop'"),
                Arguments.of(
                        "iplbShow",
                        Map.of("loadBalancer", "shop", "servers", true),
                        "iplbShow loadBalancer: 'shop', servers: true"),
                Arguments.of(
                        "iplbCheckHttp2", Map.of("url", "https://a.example/"), "iplbCheckHttp2 'https://a.example/'"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("steps")
    void theFormGivesBackWhatItWasGiven(String function, Map<String, Object> arguments, String snippet)
            throws Exception {
        Step step = StepDescriptor.byFunctionName(function).newInstance(arguments);
        FreeStyleProject job = jenkins.createFreeStyleProject();
        job.getBuildersList().add(new StepHolder(step));

        jenkins.configRoundtrip(job);

        Step saved = job.getBuildersList().get(StepHolder.class).getStep();
        assertThat(DescribableModel.uninstantiate2_(saved).toMap())
                .isEqualTo(DescribableModel.uninstantiate2_(step).toMap());
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("steps")
    void theGeneratedSnippetSaysNoDefaults(String function, Map<String, Object> arguments, String snippet)
            throws Exception {
        Step step = StepDescriptor.byFunctionName(function).newInstance(arguments);

        String generated = Snippetizer.object2Groovy(step);

        if (snippet != null) {
            assertThat(generated).isEqualTo(snippet);
        }
        assertThat(Jobs.create(jenkins, generated)).isNotNull();
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
                            request.getUrl().getPath().replaceAll(".*/", ""),
                            response.getStatusCode() == 200 ? response.getContentAsString() : "");
                    return response;
                }
            });
            HtmlPage generator = snippetGenerator(client, jenkins.createProject(WorkflowJob.class), "iplbAddRoute");

            assertThat(offered).containsEntry("fillFrontendItems", "[\"https\"]");
            assertThat(offered).containsEntry("fillFarmItems", "[\"web-http1\",\"web-http2\"]");

            HtmlSelect protocol = generator.querySelector("[name='_.protocol']");
            protocol.setSelectedAttribute("http", true);
            client.waitForBackgroundJavaScript(10_000);

            assertThat(offered).containsEntry("fillFrontendItems", "[\"http\"]");
            assertThat(offered).containsEntry("fillFarmItems", "[\"app\"]");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "iplbCheckHttp2, an https URL",
        "iplbMoveFailover, an IPv4 address",
        "iplbAddRoute, 'exactly one of farm, redirect and reject'",
        "iplbAddRule, what to compare it with",
        "iplbSetStickiness, an id (a whole number from 1) or a name",
        "iplbEnsureFrontend, a port from 1 to 49151"
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
        client.waitForBackgroundJavaScript(10_000);
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
        OperationType type = ((LoadBalancerStepDescriptor) step.getDescriptor()).operation();
        return step.arguments(GivenFields.asTheyAre()).operation(type, Shop.SERVICE);
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
