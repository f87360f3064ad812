package io.jenkins.plugins.iplb.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where the pages lead, without asking anybody. */
class LinksTest {
    @Test
    void everyLinkLeadsSomewhere() {
        List<Page.Link> links =
                Page.all().stream().flatMap(page -> page.links().stream()).toList();

        List<String> wrong = links.stream()
                .flatMap(link -> problem(link).map(why -> link + ": " + why).stream())
                .toList();

        assertThat(wrong).isEmpty();
        long outside = links.stream().filter(LinksTest::isOutside).count();
        System.out.printf("links: %d within the repository, %d to others%n", links.size() - outside, outside);
        assertThat(links).hasSizeGreaterThan(60);
    }

    @Test
    void whatLeadsNowhereIsFound() {
        assertThat(problem("docs/nothing.md")).contains("there is no such file");
        assertThat(problem("docs/checks.md#nothing")).contains("there is no such heading");
        assertThat(problem("http://www.example.com/")).contains("not an https URL");
        assertThat(problem("https://exa mple.com/")).contains("not an https URL");
        assertThat(problem("docs/checks.md#traffic")).isEmpty();
    }

    private static Optional<String> problem(String target) {
        return problem(new Page.Link(Path.of("README.md"), 1, target));
    }

    private static boolean isOutside(Page.Link link) {
        return link.target().matches("[a-z]+:.*");
    }

    private static Optional<String> problem(Page.Link link) {
        if (isOutside(link)) {
            return isGood(link.target()) ? Optional.empty() : Optional.of("not an https URL");
        }
        String[] parts = link.target().split("#", 2);
        Path target = parts[0].isEmpty()
                ? link.page()
                : Optional.ofNullable(link.page().getParent())
                        .orElse(Path.of(""))
                        .resolve(parts[0])
                        .normalize();
        if (!Files.exists(Page.ROOT.resolve(target))) {
            return Optional.of("there is no such file");
        }
        boolean isKnown = parts.length == 1 || Page.of(target).anchors().contains(parts[1]);
        return isKnown ? Optional.empty() : Optional.of("there is no such heading");
    }

    private static boolean isGood(String url) {
        try {
            URI uri = URI.create(url);
            return "https".equals(uri.getScheme()) && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
