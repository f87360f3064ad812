package io.jenkins.plugins.iplb.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Rollback;
import io.jenkins.plugins.iplb.ovh.Credentials.ServiceAccount;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.auth.AccessRule;
import io.jenkins.plugins.iplb.sandbox.auth.IamPolicy;
import io.jenkins.plugins.iplb.sandbox.auth.SandboxCredentials;
import io.jenkins.plugins.iplb.sandbox.testing.SandboxExtension;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.testing.Bench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the page of the rights lists, and no more, is enough for all scenarios of the documentation and for their way back. */
@ExtendWith(SandboxExtension.class)
class DocumentedRightsTest {
    private static final Path PAGE =
            ScenarioPage.FOLDER.resolveSibling("reference").resolve("rights.md");
    private static final Pattern RULE = Pattern.compile("(?m)^(GET|POST|PUT|DELETE) +(/\\S+)$");
    private static final Pattern ACTION = Pattern.compile("\"action\" : \"([^\"]+)\"");

    private Sandbox sandbox;
    private SandboxCredentials credentials;
    private TestClock clock;
    private Path folder;

    @BeforeEach
    void prepare(Sandbox box, TestClock time, @TempDir Path directory) {
        sandbox = box;
        credentials = box.credentials();
        clock = time;
        folder = directory;
    }

    static List<String> scenarios() throws IOException {
        return ScenarioPage.names();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theRulesOfAConsumerKeyAreEnough(String scenario) throws IOException {
        credentials.rules(credentials.consumerKey(), rules());

        thereAndBack(scenario, new Bench(sandbox, clock, folder));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theActionsOfAPolicyAreEnough(String scenario) throws IOException {
        credentials.policy(credentials.clientId(), IamPolicy.granting(actions().toArray(String[]::new)));

        thereAndBack(scenario, asServiceAccount());
    }

    @Test
    void forWhoOnlyLooksThoseThatEndInGetAreEnough() throws IOException {
        ScenarioPage page = ScenarioPage.named("blue-green.md");
        Bench bench = asServiceAccount();
        page.prepare(bench);
        String[] looks = actions().filter(action -> action.endsWith("get")).toArray(String[]::new);
        credentials.policy(credentials.clientId(), IamPolicy.granting(looks));

        assertThat(ended(bench, page.wanted(), true).changed()).isTrue();
        assertThatThrownBy(() -> ended(bench, page.wanted(), false)).hasMessageContaining("lack the right");
    }

    private Bench asServiceAccount() {
        return new Bench(
                sandbox, clock, folder, new ServiceAccount(credentials.clientId(), credentials.clientSecret()));
    }

    private static void thereAndBack(String scenario, Bench bench) throws IOException {
        ScenarioPage page = ScenarioPage.named(scenario);
        page.prepare(bench);

        assertThat(ended(bench, page.wanted(), false).changed()).isTrue();
        ended(bench, new Operation.Undoing(Rollback.of(bench.entries(), false, true)), false);
        assertThat(bench.shop().pending()).isEmpty();
    }

    private static Report ended(Bench bench, Operation.OnLoadBalancer operation, boolean check) {
        return bench.ended(bench.operations().run(operation, bench.options(check)));
    }

    private static AccessRule[] rules() throws IOException {
        return RULE.matcher(Files.readString(PAGE))
                .results()
                .map(rule -> new AccessRule(rule.group(1), rule.group(2)))
                .toArray(AccessRule[]::new);
    }

    private static Stream<String> actions() throws IOException {
        return ACTION.matcher(Files.readString(PAGE)).results().map(result -> result.group(1));
    }
}
