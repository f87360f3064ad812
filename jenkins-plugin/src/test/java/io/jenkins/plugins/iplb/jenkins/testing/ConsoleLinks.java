package io.jenkins.plugins.iplb.jenkins.testing;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Run;
import io.jenkins.plugins.iplb.jenkins.record.ChangesAction;
import java.net.URL;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.htmlunit.html.HtmlPage;
import org.jvnet.hudson.test.JenkinsRule;

/** The links to pages of changes in the console of a build. */
public final class ConsoleLinks {
    private static final Pattern LINK =
            Pattern.compile("href=['\"]([^'\"]*/" + ChangesAction.URL_NAME + "[^'\"#]*#([^'\"]*))['\"]");

    private ConsoleLinks() {}

    /** Follows each, to an entry that is there. @return where they lead */
    public static List<String> followed(JenkinsRule jenkins, Run<?, ?> build) throws Exception {
        try (JenkinsRule.WebClient client = jenkins.createWebClient()) {
            String console = client.goTo(build.getUrl() + "logText/progressiveHtml")
                    .getWebResponse()
                    .getContentAsString();
            List<MatchResult> links = LINK.matcher(console).results().toList();
            for (MatchResult link : links) {
                HtmlPage page = client.getPage(new URL(jenkins.getURL(), link.group(1)));
                assertThat(page.getElementById(link.group(2))).as(link.group(1)).isNotNull();
            }
            return links.stream().map(link -> link.group(1)).toList();
        }
    }
}
