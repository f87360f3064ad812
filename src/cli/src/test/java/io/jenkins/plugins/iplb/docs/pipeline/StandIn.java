package io.jenkins.plugins.iplb.docs.pipeline;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.iplb.check.CheckTarget;
import io.jenkins.plugins.iplb.check.TrafficProof;
import io.jenkins.plugins.iplb.check.TrustedCa;
import io.jenkins.plugins.iplb.deployment.Body;
import io.jenkins.plugins.iplb.deployment.Deployment;
import io.jenkins.plugins.iplb.failure.InvalidInput;
import io.jenkins.plugins.iplb.file.ChangeFile;
import io.jenkins.plugins.iplb.file.FileOperations;
import io.jenkins.plugins.iplb.file.StoredPlan;
import io.jenkins.plugins.iplb.operation.ConfigurationText;
import io.jenkins.plugins.iplb.operation.Drift;
import io.jenkins.plugins.iplb.operation.DriftText;
import io.jenkins.plugins.iplb.operation.Http2Enabling;
import io.jenkins.plugins.iplb.operation.LiveCheck;
import io.jenkins.plugins.iplb.operation.Operation;
import io.jenkins.plugins.iplb.operation.Options;
import io.jenkins.plugins.iplb.operation.RecordOperations;
import io.jenkins.plugins.iplb.operation.Rollback;
import io.jenkins.plugins.iplb.operation.TrafficChecking;
import io.jenkins.plugins.iplb.operation.Transaction;
import io.jenkins.plugins.iplb.ovh.Credentials;
import io.jenkins.plugins.iplb.ovh.Fields;
import io.jenkins.plugins.iplb.ovh.Json;
import io.jenkins.plugins.iplb.parameter.Durations;
import io.jenkins.plugins.iplb.parameter.LiveList;
import io.jenkins.plugins.iplb.parameter.Parameter;
import io.jenkins.plugins.iplb.process.Rehearsal;
import io.jenkins.plugins.iplb.run.Report;
import io.jenkins.plugins.iplb.sandbox.auth.SandboxCredentials;
import io.jenkins.plugins.iplb.sandbox.explain.Deployed;
import io.jenkins.plugins.iplb.sandbox.explain.Explainer;
import io.jenkins.plugins.iplb.sandbox.explain.Question;
import io.jenkins.plugins.iplb.sandbox.explain.Stage;
import io.jenkins.plugins.iplb.testing.Bench;
import io.jenkins.plugins.iplb.wait.Waiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import okhttp3.OkHttpClient;

/** Stands in for a controller: carries out what a step is called for by the core, on a sandbox, in virtual time. */
final class StandIn {
    private static final String SERVICE = StepType.SERVICE;
    private static final TypeReference<LinkedHashMap<String, Object>> MAP = new TypeReference<>() {};

    private final Bench bench;
    private final Map<String, String> services;
    private final Map<String, String> secrets;
    private final Path workspace;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Optional<Transaction> within = Optional.empty();

    /**
     * @param bench the sandbox and the operations on it
     * @param services what named load balancers are called at OVH
     * @param secrets what the credentials store has, by id
     * @param workspace where files are
     */
    StandIn(Bench bench, Map<String, String> services, Map<String, String> secrets, Path workspace) {
        this.bench = bench;
        this.services = services;
        this.secrets = secrets;
        this.workspace = workspace;
    }

    Map<String, String> environment() {
        return environment;
    }

    Path workspace() {
        return workspace;
    }

    /**
     * Carries it out, to its end.
     *
     * @param body what stands in its block, with the variables that it gets; empty for a step without one
     * @return what the Pipeline gets
     */
    Object call(StepCall call, Optional<Supplier<Object>> body) {
        call.check();
        return switch (call.type().operation().name()) {
            case "changes" -> together(call, body.orElseThrow());
            case "plan", "apply" -> configure(call);
            case "drift" -> drift(call);
            case "rollback" -> undo(call);
            case "explain" -> explain(call);
            default -> facts(run(call, body), isDry(call));
        };
    }

    // ---- the operations of the catalogue

    private Report run(StepCall call, Optional<Supplier<Object>> body) {
        Operation operation = call.type().operation().operation(complete(call));
        Options options = options(call);
        if (operation instanceof Operation.Checking checking) {
            return new LiveCheck(new OkHttpClient())
                    .run(new Operation.Checking(atSandbox(checking.target())), Duration.ofSeconds(10));
        }
        if (operation instanceof Operation.CheckingTraffic traffic) {
            return watch(call, traffic.proof(), options);
        }
        if (operation instanceof Operation.EnablingHttp2 enabling) {
            return enable(enabling.asked(atSandbox(enabling.target())), options);
        }
        if (operation instanceof Operation.Deployment deployment) {
            return bench.ended(Deployment.of(bench.operations(), deployment, options, body(body))
                    .run());
        }
        return ended((Operation.OnLoadBalancer) operation, options);
    }

    private Report ended(Operation.OnLoadBalancer operation, Options options) {
        return bench.ended(bench.operations().run(operation, options));
    }

    private Body body(Optional<Supplier<Object>> block) {
        return variables -> {
            environment.putAll(variables);
            return CompletableFuture.completedFuture(block.map(Supplier::get)).thenAccept(value -> {});
        };
    }

    private Report enable(Operation.EnablingHttp2 enabling, Options options) {
        Http2Enabling.Steps steps = new Http2Enabling.Steps() {
            @Override
            public CompletableFuture<Report> run(Operation.OnLoadBalancer step, Options given) {
                return bench.operations().run(step, given);
            }

            @Override
            public boolean isOpen(Operation.Refreshing refresh) {
                return false;
            }
        };
        return bench.ended(new Http2Enabling(
                        steps,
                        CompletableFuture.completedFuture(new LiveCheck(new OkHttpClient())),
                        Runnable::run,
                        bench.clock())
                .run(enabling, options));
    }

    /** Behind a name of the documentation nobody answers: what is asked is the sandbox's own TLS side. */
    private CheckTarget atSandbox(CheckTarget target) {
        return CheckTarget.overTls(
                target.url().toString(),
                "127.0.0.1:" + bench.sandbox().tlsAddress().getPort(),
                bench.sandbox().caFile().toString());
    }

    /** Only this machine is asked; elsewhere it is said what would be. */
    private Report watch(StepCall call, TrafficProof proof, Options options) {
        boolean isHere = String.valueOf(call.given().get("connectTo")).startsWith("127.");
        Object ca = call.given().get("ca");
        TrafficProof trusting = ca == null || ca.toString().isBlank()
                ? proof
                : proof.trusting(TrustedCa.parse("the text", ca.toString()));
        Options asked = isHere
                ? options
                : new Options(
                        options.id(), options.deadline(), true, options.progress(), options.by(), options.watcher());
        return bench.ended(new TrafficChecking(new Waiter(bench.timer(), Runnable::run), bench.clock())
                .run(
                        new Operation.CheckingTraffic(trusting),
                        CompletableFuture.completedFuture(
                                Collections.nCopies(proof.targets().size(), new OkHttpClient())),
                        asked));
    }

    /** What is given, with what the plugin puts in itself. */
    private Fields complete(StepCall call) {
        Fields all = call.arguments().without("ca");
        for (Parameter each : call.type().operation().parameters()) {
            JsonNode given = all.get(each.name());
            if (each.value().isSecret()) {
                Object id = call.given().get(StepType.field(each));
                if (id != null) {
                    all = all.with(each.name(), secret(StepType.field(each), id.toString()));
                }
            } else if (each.live().equals(Optional.of(LiveList.LOAD_BALANCERS))) {
                all = all.with(each.name(), given == null ? service(call) : service(given.asText()));
            } else if (given == null && each.isNeeded() && each.canBeReset()) {
                all = all.with(each.name(), null);
            }
        }
        return all;
    }

    private String secret(String field, String id) {
        return Optional.ofNullable(secrets.get(id))
                .orElseThrow(() -> new InvalidInput(field, id, String.join(", ", secrets.keySet())));
    }

    private String service(StepCall call) {
        Object service = call.given().get(SERVICE);
        return service(service == null ? String.valueOf(call.given().get("loadBalancer")) : service.toString());
    }

    private String service(String name) {
        return services.getOrDefault(name, name);
    }

    private Options options(StepCall call) {
        Object timeout = call.given().get("timeout");
        Duration allowed = timeout == null ? Bench.TIMEOUT : Durations.parse("timeout", timeout.toString());
        Options options = bench.options(isDry(call), allowed);
        return within.map(transaction -> transaction.of(options)).orElse(options);
    }

    private static boolean isDry(StepCall call) {
        return String.valueOf(call.given().get("dryRun")).equals("true");
    }

    // ---- those of files and records

    private Map<String, Object> configure(StepCall call) {
        boolean isPlan = call.type().operation().equals(FileOperations.PLANNING);
        Fields given = checked(call);
        boolean refresh = given.json().path("refresh").asBoolean(!isPlan);
        boolean check = isPlan || isDry(call);
        Options options = new Options(
                UUID.randomUUID().toString(),
                options(call).deadline(),
                check,
                status -> {},
                options(call).by(),
                options(call).watcher());
        Optional<StoredPlan> agreed = Optional.ofNullable(
                        given.json().path("plan").textValue())
                .map(plan -> StoredPlan.parse("the text", plan));
        StoredPlan kept = agreed.orElseGet(() -> drawing(given).plan(List.of()));
        Operation.Configuring operation = agreed.isPresent()
                ? kept.operation(service(call), secretTexts(), this::service, refresh)
                : kept.drawnAgain(secretTexts(), this::service)
                        .file()
                        .of(service(call))
                        .operation(isPlan || refresh);
        Report report = ended(operation, options);
        Map<String, Object> result = map(report.result());
        result.put("changed", report.changed());
        result.put("changes", report.result().path("changes").size());
        result.put("text", String.join("\n", ConfigurationText.of(report, check)));
        if (check) {
            result.put("plan", kept.of(List.of(report)).json().toString());
        }
        return result;
    }

    private StoredPlan.Drawing drawing(Fields given) {
        String file = given.json().path("file").textValue();
        return new StoredPlan.Drawing(
                file == null ? "content" : file,
                file == null ? given.json().path("content").textValue() : read(file),
                FileOperations.values(given.get("values"), environment));
    }

    private Function<String, Optional<String>> secretTexts() {
        return FileOperations.values(null, environment);
    }

    private Fields checked(StepCall call) {
        Fields given = call.arguments();
        return call.type()
                .operation()
                .check(call.type().isOnLoadBalancer() ? given.with(SERVICE, service(call)) : given)
                .values();
    }

    private Map<String, Object> drift(StepCall call) {
        Fields given = checked(call);
        Optional<Duration> pendingFor = Optional.ofNullable(
                        given.json().path("pendingFor").textValue())
                .map(text -> Durations.parse("pendingFor", text));
        boolean isFile = given.get("file") != null || given.get("content") != null;
        Operation.Drifting operation = isFile
                ? Drift.of(
                        drawing(given)
                                .plan(List.of())
                                .drawnAgain(secretTexts(), this::service)
                                .file()
                                .of(service(call))
                                .operation(false),
                        pendingFor)
                : Drift.of(
                        service(call),
                        bench.client().endpoint(),
                        bench.journal().known(service(call)),
                        pendingFor);
        Report report = ended(operation, options(call));
        Map<String, Object> result = map(report.result());
        result.put("text", String.join("\n", DriftText.of(report)));
        return result;
    }

    /** Whatever build is named: its record is what was done so far. */
    private Map<String, Object> undo(StepCall call) {
        RecordOperations.checkRollback(call.arguments().with(SERVICE, service(call)));
        JsonNode given = checked(call).json();
        Report report = ended(
                new Operation.Undoing(Rollback.of(
                        service(call),
                        bench.entries(),
                        given.path("force").asBoolean(false),
                        given.path("refresh").asBoolean(true))),
                options(call));
        Map<String, Object> result = map(report.result());
        result.put("changed", report.changed());
        result.put("text", String.join("\n", ConfigurationText.of(report, isDry(call))));
        return result;
    }

    private Map<String, Object> explain(StepCall call) {
        Fields given = checked(call);
        ChangeFile file = drawing(given)
                .plan(List.of())
                .drawnAgain(secretTexts(), UnaryOperator.identity())
                .file();
        Stage stage = new Stage();
        file.loadBalancers()
                .forEach(state -> stage.with(state.service(), state.zones(), state.additionalIps(), state.isInVrack()));
        SandboxCredentials keys = stage.credentials();
        Rehearsal.of(
                "the text",
                file,
                stage.client(),
                new Credentials.ApplicationKeys(keys.applicationKey(), keys.applicationSecret(), keys.consumerKey()));
        try (Explainer explainer = new Explainer(Deployed.of(
                stage.world(),
                file.loadBalancers().get(0).service(),
                Optional.ofNullable(given.json().path("zone").textValue())))) {
            return map(explainer.ask(Question.of(given.json())).json());
        }
    }

    // ---- what stands or falls together

    private Object together(StepCall call, Supplier<Object> body) {
        Transaction transaction = new Transaction(UUID.randomUUID().toString(), service(call));
        within = Optional.of(transaction);
        try {
            Object result = body.get();
            if (transaction.hasStaged(bench.entries())) {
                ended(new Operation.Refreshing(transaction.refresh(bench.entries())), options(call));
            }
            return result;
        } catch (RuntimeException | AssertionError e) {
            ended(
                    new Operation.Undoing(service(call), () -> transaction.undoing(bench.entries())),
                    bench.options(false));
            throw e;
        } finally {
            within = Optional.empty();
        }
    }

    // ---- what a Pipeline gets

    String read(String file) {
        try {
            return Files.readString(workspace.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> facts(Report report, boolean dryRun) {
        Map<String, Object> facts = map(report.result());
        facts.put("changed", report.changed());
        report.about().ifPresent(known -> facts.put("msg", report.headline(dryRun, "force: true")));
        return facts;
    }

    private static Map<String, Object> map(ObjectNode node) {
        return Json.MAPPER.convertValue(node, MAP);
    }
}
