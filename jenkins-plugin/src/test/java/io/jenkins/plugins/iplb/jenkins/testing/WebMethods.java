package io.jenkins.plugins.iplb.jenkins.testing;

import hudson.model.Descriptor;
import io.jenkins.plugins.iplb.jenkins.form.OperationForm;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jenkins.model.Jenkins;
import org.htmlunit.WebResponse;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Every method of every form of this project that a browser calls while somebody fills the form in. */
public final class WebMethods {
    private static final Map<String, String> FIELDS =
            Map.of("loadBalancer", Shop.NAME, "service", Shop.SERVICE, "protocol", "tcp", "value", Shop.CREDENTIALS);
    private static final Map<String, String> UNTOUCHED =
            Map.of("value", "", "protocol", "tcp", "stickiness", "cookie", "field", "protocol");
    private static final Set<String> NOTHING = Set.of("", "<div/>", "<div></div>", "[]", "{'values':[]}");

    private final JenkinsRule jenkins;

    /** On a controller that knows an {@code admin} and a {@code reader}, who may do nothing but look around. */
    public WebMethods(JenkinsRule jenkins) {
        this.jenkins = jenkins;
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader"));
    }

    /** Where they are, below the controller's root. */
    public Set<String> paths() {
        Set<String> paths = new TreeSet<>();
        for (Descriptor<?> descriptor : jenkins.jenkins.getExtensionList(Descriptor.class)) {
            for (Method method : descriptor.getClass().getMethods()) {
                if (isOurs(method) && method.getName().matches("do(Fill|Check)Field")) {
                    ((OperationForm) descriptor)
                            .operation()
                            .parameters()
                            .forEach(parameter -> paths.add(
                                    descriptor.getDescriptorUrl() + "/" + path(method) + "/" + parameter.name()));
                } else if (isOurs(method) && method.getName().matches("do(Fill|Check|Test).*")) {
                    paths.add(descriptor.getDescriptorUrl() + "/" + path(method));
                }
            }
        }
        return paths;
    }

    private static String path(Method method) {
        String name = method.getName().substring("do".length());
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /** Those that tell a reader something, with what they tell. */
    public List<String> thatTellAReaderSomething() throws Exception {
        List<String> telling = new ArrayList<>();
        try (Visitor reader = new Visitor(jenkins, "reader")) {
            for (String path : paths()) {
                WebResponse answer = reader.post(path, FIELDS);
                if (answer.getStatusCode() != 403 && !NOTHING.contains(told(answer))) {
                    telling.add(path + ": " + told(answer));
                }
            }
        }
        return telling;
    }

    /** Those of jobs that tell an administrator off for a form that nobody has come to yet, with what they tell. */
    public List<String> thatFindFaultWithWhatIsEmpty() throws Exception {
        List<String> finding = new ArrayList<>();
        try (Visitor administrator = new Visitor(jenkins, "admin")) {
            for (String path : paths()) {
                boolean ofTheController = path.matches(".*\\.(configuration|credentials)\\..*");
                if (path.contains("/check") && !ofTheController) {
                    WebResponse answer = administrator.post(path, UNTOUCHED);
                    if (told(answer).matches(".*class='?(error|warning).*")) {
                        finding.add(path + ": " + told(answer));
                    }
                }
            }
        }
        return finding;
    }

    /** Those that answer a GET of an administrator's, which any page can make a browser send. */
    public List<String> thatAnswerAGet() throws Exception {
        List<String> answering = new ArrayList<>();
        try (Visitor administrator = new Visitor(jenkins, "admin")) {
            for (String path : paths()) {
                int status = administrator.get(path, FIELDS).getStatusCode();
                if (status != 404 && status != 405) {
                    answering.add(path + ": " + status);
                }
            }
        }
        return answering;
    }

    /** Without what is the same for everybody: Jenkins's type names, its "none", and the word for all zones. */
    private static String told(WebResponse answer) {
        return answer.getContentAsString()
                .replace('"', '\'')
                .replaceAll("'_class':'[^']*',?", "")
                .replace("{'name':'- none -','selected':false,'value':''}", "")
                .replace("['all']", "[]");
    }

    private static boolean isOurs(Method method) {
        return method.getDeclaringClass().getName().startsWith("io.jenkins.plugins.iplb.") && !method.isBridge();
    }
}
