package io.jenkins.plugins.iplb.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.iplb.api.MetricsToken;
import io.jenkins.plugins.iplb.ovh.Limits;
import io.jenkins.plugins.iplb.process.Machine;
import io.jenkins.plugins.iplb.process.WarmHttp;
import io.jenkins.plugins.iplb.sandbox.Sandbox;
import io.jenkins.plugins.iplb.sandbox.http.Exchange;
import io.jenkins.plugins.iplb.sandbox.testing.TestClock;
import io.jenkins.plugins.iplb.sandbox.world.DemoWorld;
import io.jenkins.plugins.iplb.sandbox.world.ServiceSeed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Calls modules as Ansible does, but within this process and on the sandbox's time: whatever waits is over at once. The
 * credentials are in the environment. Whatever is called, no secret may show.
 */
final class ModuleRunner {
    static final String SERVICE = DemoWorld.SERVICE;

    /** What fails, fails within milliseconds. */
    private static final Limits LIMITS = new Limits(
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            2,
            Duration.ofSeconds(30),
            Duration.ofMillis(1),
            100_000);

    private static final YAMLMapper YAML = new YAMLMapper();

    private final Sandbox sandbox;
    private final TestClock clock;
    private final Path directory;
    private final Map<String, String> environment = new TreeMap<>();

    ModuleRunner(Sandbox sandbox, TestClock clock, Path directory) {
        this.sandbox = sandbox;
        this.clock = clock;
        this.directory = directory;
        environment.put("OVH_ENDPOINT", sandbox.httpEndpoint().toString());
        environment.put("OVH_APPLICATION_KEY", sandbox.credentials().applicationKey());
        environment.put("OVH_APPLICATION_SECRET", sandbox.credentials().applicationSecret());
        environment.put("OVH_CONSUMER_KEY", sandbox.credentials().consumerKey());
    }

    ModuleRunner with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    ModuleRunner without(String... variables) {
        List.of(variables).forEach(environment::remove);
        return this;
    }

    /** @param arguments YAML, in which $S is the service */
    Ran run(String module, String arguments) {
        return run(module, arguments, "");
    }

    Ran check(String module, String arguments) {
        return run(module, arguments, "_ansible_check_mode: true\n");
    }

    /** @param ansible what Ansible itself has to say, as YAML */
    Ran run(String module, String arguments, String ansible) {
        return run(module, yaml(arguments.replace("$S", SERVICE)), ansible);
    }

    /** @param arguments as Ansible hands them over */
    Ran run(String module, ObjectNode arguments, String ansible) {
        ObjectNode given = yaml("_ansible_diff: true\n_ansible_module_name: ovhiplb.loadbalancer." + module
                + "\n_ansible_version: 2.14.18\n" + ansible);
        given.setAll(arguments);
        Machine machine = new Machine(
                environment, directory, directory.resolve("home"), LIMITS, clock, workers -> (delay, task) -> {
                    clock.advance(delay);
                    workers.execute(task);
                    return () -> {};
                });
        Ran ran = new Ran(Main.answer(new Call(given), machine, WarmHttp.begin(machine)));
        ObjectNode told = ran.answer().deepCopy();
        if (module.equals("iplb_metrics_token")) {
            told.remove(MetricsToken.SECRET);
        }
        assertThat(told.toString()).doesNotContain("sandboxsecret").doesNotContain("$1$");
        return ran;
    }

    ServiceSeed shop() {
        return sandbox.world().service(SERVICE);
    }

    /** All calls that could have changed something. */
    List<Exchange> writes() {
        return sandbox.calls().all().stream()
                .filter(call -> !call.method().equals("GET") && !call.path().startsWith("/auth"))
                .toList();
    }

    static ObjectNode yaml(String text) {
        try {
            JsonNode read = YAML.readTree(text);
            return read instanceof ObjectNode object ? object : YAML.createObjectNode();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** What a module said in the end. */
    record Ran(ObjectNode answer) {

        boolean changed() {
            assertThat(failed()).as(answer.toString()).isFalse();
            return answer.path("changed").booleanValue();
        }

        boolean failed() {
            return answer.path("failed").booleanValue();
        }

        String message() {
            assertThat(failed()).as(answer.toString()).isTrue();
            return answer.path("msg").textValue();
        }

        String kind() {
            return answer.path("error").path("kind").textValue();
        }

        JsonNode get(String name) {
            return answer.path(name);
        }

        JsonNode diff() {
            return answer.path("diff");
        }
    }
}
