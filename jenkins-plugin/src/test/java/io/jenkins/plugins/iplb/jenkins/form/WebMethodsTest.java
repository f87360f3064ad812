package io.jenkins.plugins.iplb.jenkins.form;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Descriptor;
import io.jenkins.plugins.iplb.jenkins.testing.Shop;
import io.jenkins.plugins.iplb.jenkins.testing.Visitor;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import jenkins.model.Jenkins;
import org.assertj.core.api.SoftAssertions;
import org.htmlunit.WebResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every method of every form that a browser calls while somebody fills the form in. */
@WithJenkins
class WebMethodsTest {
    private static final Map<String, String> FIELDS =
            Map.of("loadBalancer", Shop.NAME, "service", Shop.SERVICE, "protocol", "tcp", "value", Shop.CREDENTIALS);

    private static JenkinsRule jenkins;
    private static Shop shop;

    @BeforeAll
    static void secure(JenkinsRule rule) throws Exception {
        jenkins = rule;
        shop = new Shop();
        shop.configure();
        rule.jenkins.setSecurityRealm(rule.createDummySecurityRealm());
        rule.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader"));
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void tellsAReaderNothingAndAsksOvhNothing() throws Exception {
        SoftAssertions all = new SoftAssertions();
        try (Visitor reader = new Visitor(jenkins, "reader")) {
            for (String path : paths()) {
                WebResponse answer = reader.post(path, FIELDS);
                all.assertThat(answer.getStatusCode() == 403 ? "" : told(answer))
                        .as(path)
                        .isIn("", "<div/>", "<div></div>", "[]", "{'values':[]}");
            }
        }
        all.assertAll();
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    @Test
    void isNotThereForAGetEvenOfAnAdministrators() throws Exception {
        SoftAssertions all = new SoftAssertions();
        try (Visitor administrator = new Visitor(jenkins, "admin")) {
            for (String path : paths()) {
                all.assertThat(administrator.get(path, FIELDS).getStatusCode())
                        .as(path)
                        .isIn(404, 405);
            }
        }
        all.assertAll();
        assertThat(shop.sandbox().calls().all()).isEmpty();
    }

    /** Without what is the same for everybody: Jenkins's type names, its "none", and the word for all zones. */
    private static String told(WebResponse answer) {
        return answer.getContentAsString()
                .replace('"', '\'')
                .replaceAll("'_class':'[^']*',?", "")
                .replace("{'name':'- none -','selected':false,'value':''}", "")
                .replace("['all']", "[]");
    }

    /** Below the controller's root. */
    private static Iterable<String> paths() {
        TreeSet<String> paths = new TreeSet<>();
        for (Descriptor<?> descriptor : jenkins.jenkins.getExtensionList(Descriptor.class)) {
            for (Method method : descriptor.getClass().getMethods()) {
                if (isOurs(method) && method.getName().matches("do(Fill|Check|Test).*")) {
                    String name = method.getName().substring("do".length());
                    paths.add(descriptor.getDescriptorUrl() + "/"
                            + name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1));
                }
            }
        }
        assertThat(paths).anyMatch(path -> path.endsWith("/test")).anyMatch(path -> path.endsWith("/checkService"));
        return paths;
    }

    private static boolean isOurs(Method method) {
        return method.getDeclaringClass().getName().startsWith("io.jenkins.plugins.iplb.") && !method.isBridge();
    }
}
