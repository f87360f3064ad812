package io.jenkins.plugins.iplb.jenkins.testing;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.util.NameValuePair;
import org.jvnet.hudson.test.JenkinsRule;

/** A user who calls the controller's web methods without a form around them. */
public record Visitor(JenkinsRule jenkins, String user) {

    /** @param path below the controller's root, without a slash before it */
    public WebResponse post(String path, Map<String, String> fields) throws Exception {
        return send(HttpMethod.POST, path, fields);
    }

    public WebResponse get(String path, Map<String, String> fields) throws Exception {
        return send(HttpMethod.GET, path, fields);
    }

    private WebResponse send(HttpMethod method, String path, Map<String, String> fields) throws Exception {
        try (JenkinsRule.WebClient client = client()) {
            WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), method);
            List<NameValuePair> parameters = new ArrayList<>();
            fields.forEach((name, value) -> parameters.add(new NameValuePair(name, value)));
            request.setRequestParameters(parameters);
            if (method == HttpMethod.POST) {
                client.addCrumb(request);
            }
            return client.getPage(request).getWebResponse();
        }
    }

    /** A browser of the user's. */
    public JenkinsRule.WebClient client() throws IOException {
        try {
            return jenkins.createWebClient()
                    .withThrowExceptionOnFailingStatusCode(false)
                    .login(user);
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
