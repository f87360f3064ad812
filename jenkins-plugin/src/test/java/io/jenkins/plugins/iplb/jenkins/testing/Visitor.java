package io.jenkins.plugins.iplb.jenkins.testing;

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
public final class Visitor implements AutoCloseable {
    private final JenkinsRule jenkins;
    private final JenkinsRule.WebClient client;

    public Visitor(JenkinsRule jenkins, String user) throws Exception {
        this.jenkins = jenkins;
        this.client = jenkins.createWebClient()
                .withThrowExceptionOnFailingStatusCode(false)
                .withJavaScriptEnabled(false);
        client.getOptions().setCssEnabled(false);
        client.login(user);
    }

    /** @param path below the controller's root, without a slash before it */
    public WebResponse post(String path, Map<String, String> fields) throws Exception {
        return send(HttpMethod.POST, path, fields);
    }

    public WebResponse get(String path, Map<String, String> fields) throws Exception {
        return send(HttpMethod.GET, path, fields);
    }

    private WebResponse send(HttpMethod method, String path, Map<String, String> fields) throws Exception {
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), path), method);
        List<NameValuePair> parameters = new ArrayList<>();
        fields.forEach((name, value) -> parameters.add(new NameValuePair(name, value)));
        request.setRequestParameters(parameters);
        if (method == HttpMethod.POST) {
            client.addCrumb(request);
        }
        return client.getPage(request).getWebResponse();
    }

    @Override
    public void close() {
        client.close();
    }
}
