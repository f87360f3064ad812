package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.operation.Catalogue;
import io.jenkins.plugins.iplb.operation.DeploymentOperations;
import io.jenkins.plugins.iplb.operation.OperationType;
import io.jenkins.plugins.iplb.process.HttpClients;
import io.jenkins.plugins.iplb.process.Machine;
import io.jenkins.plugins.iplb.process.SystemText;
import io.jenkins.plugins.iplb.process.WarmHttp;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command as a whole. */
public final class Iplb implements Callable<Integer> {
    static final String VERSION = "iplb 1.0";

    private static final Set<String> LOCAL = Set.of(
            "demo", "sandbox", "explain", "check-http2", "check-traffic", "import-terraform", "completion", "man-page");
    private static final Set<String> HELP = Set.of("-h", "--help", "-V", "--version");

    private final Console console;
    private final CommandSpec spec;

    private Iplb(Console console) {
        this.console = console;
        this.spec = withStandardOptions(CommandSpec.wrapWithoutInspection(this).name("iplb"));
        spec.usageMessage()
                .description(
                        "Changes an OVHcloud Load Balancer, waits until the change is live, and leaves a record of it.")
                .synopsisSubcommandLabel("COMMAND")
                .footer(
                        "",
                        "Credentials come from the environment (OVH_ENDPOINT, OVH_APPLICATION_KEY, …) or from ovh.conf, never from an option.",
                        "Proxies are those of https_proxy, http_proxy and no_proxy.",
                        "Exit codes: 0 done, 2 wrong arguments or settings, 3 refused, 4 failed, 5 deadline passed, 6 there is something to change (plan), 7 done but the result could not be written.");
    }

    public static void main(String[] given) {
        System.exit(start(given));
    }

    private static int start(String... given) {
        Machine machine;
        String[] arguments;
        try {
            machine = Machine.real();
            arguments = SystemText.real().arguments(given);
        } catch (IplbException e) {
            return Presenter.of(
                            Console.writer(System.out), Console.writer(System.err), Output.among(Arrays.asList(given)))
                    .misused("iplb", e.getMessage());
        }
        HttpClients http = callsOvh(arguments) ? WarmHttp.connecting(machine) : HttpClients.on(machine);
        return run(Console.real(machine, http), arguments);
    }

    /** Whether it is likely, and OVH where the machine has it rather than an option. */
    private static boolean callsOvh(String... arguments) {
        return arguments.length > 1
                && !LOCAL.contains(arguments[0])
                && Arrays.stream(arguments).noneMatch(each -> each.startsWith("--endpoint") || HELP.contains(each));
    }

    /** Runs one command. @return its exit code */
    static int run(Console console, String... arguments) {
        Iplb iplb = new Iplb(console);
        iplb.addCommands(arguments.length == 0 ? "" : arguments[0]);
        int code = new CommandLine(iplb.spec)
                .setOut(console.out())
                .setErr(console.err())
                // A name or a pattern may begin with @.
                .setExpandAtFiles(false)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler((wrong, given) -> misused(console, wrong, given))
                .setExecutionExceptionHandler((failure, command, given) -> failed(console, failure, command))
                .execute(arguments);
        return told(console, code);
    }

    /** A result that did not come through is no result: a disk may be full, and a reader gone. */
    static int told(Console console, int code) {
        if (!console.out().checkError()) {
            return code;
        }
        console.err()
                .println("The result could not be written to standard output: it is closed, or there is no room left."
                        + " What was done is done, and in the record.");
        return code == ExitCode.DONE ? ExitCode.UNTOLD : code;
    }

    /** With every command. */
    static CommandSpec whole(Console console) {
        Iplb iplb = new Iplb(console);
        iplb.addCommands("");
        return iplb.spec;
    }

    /** Only the one that is meant, where that is plain: the others are not worth the time that it takes to make them. */
    private void addCommands(String first) {
        Map<String, Supplier<CommandSpec>> commands = new LinkedHashMap<>();
        commands.put("demo", () -> CommandSpec.forAnnotatedObject(new DemoCommand(console)));
        commands.put("sandbox", () -> CommandSpec.forAnnotatedObject(new SandboxCommand(console)));
        commands.put("plan", () -> new ConfigurationCommand(console, ConfigurationCommand.Act.PLAN).spec());
        commands.put("apply", () -> new ConfigurationCommand(console, ConfigurationCommand.Act.APPLY).spec());
        commands.put("rollback", () -> new RollbackCommand(console).spec());
        commands.put("drift", () -> new DriftCommand(console).spec());
        commands.put("export", () -> new ExportCommand(console).spec());
        commands.put("explain", () -> new ExplainCommand(console).spec());
        commands.put("import-terraform", () -> CommandSpec.forAnnotatedObject(new ImportTerraformCommand(console)));
        for (OperationType type : Catalogue.all()) {
            commands.put(type.name(), () -> new OperationCommand(console, type).spec());
        }
        commands.put(
                "rolling",
                () -> new DeploymentCommand(
                                console,
                                DeploymentOperations.ROLLING,
                                "IPLB_SERVER, IPLB_SERVER_ADDRESS and IPLB_SERVER_PORT tell it which server is out, of several with blanks between them.",
                                true)
                        .spec());
        commands.put(
                "shift",
                () -> new DeploymentCommand(
                                console,
                                DeploymentOperations.SHIFTING,
                                "IPLB_SHARE tells it the share of the new servers, in percent. Default: nothing.",
                                false)
                        .spec());
        commands.put("completion", () -> CommandSpec.forAnnotatedObject(new CompletionCommand(console)));
        commands.put("man-page", () -> CommandSpec.forAnnotatedObject(new ManPageCommand(console)));
        commands.entrySet().stream()
                .filter(command -> command.getKey().equals(first) || !commands.containsKey(first))
                .forEach(command -> spec.addSubcommand(
                        command.getKey(), withStandardOptions(command.getValue().get())));
    }

    private static CommandSpec withStandardOptions(CommandSpec spec) {
        return spec.version(VERSION)
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help message and exit.")
                        .build())
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Print version information and exit.")
                        .build());
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(console.err());
        return ExitCode.of(FailureKind.USAGE);
    }

    private static int misused(Console console, ParameterException wrong, String[] given) {
        String message = wrong.getMessage().replaceFirst("^Error: ", "");
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            List<String> meant = unmatched.getSuggestions();
            message += meant.isEmpty() ? "" : "; did you mean " + String.join(" or ", meant) + "?";
        }
        return Presenter.of(console.out(), console.err(), Output.among(Arrays.asList(given)))
                .misused(wrong.getCommandLine().getCommandName(), message);
    }

    private static int failed(Console console, Exception failure, CommandLine command) {
        CommonOptions common = CommonOptions.of(command.getParseResult());
        if (!(failure instanceof IplbException) && common.verbose()) {
            failure.printStackTrace(console.err());
        }
        IplbException told = failure instanceof IplbException known ? known : unforeseen(failure);
        return Presenter.of(console.out(), console.err(), common.output())
                .failed(
                        command.getCommandName(),
                        command.getCommand() instanceof Worded given ? given.worded(told) : told);
    }

    private static IplbException unforeseen(Exception failure) {
        return new IplbException(
                FailureKind.UNAVAILABLE,
                "%s: this is a mistake in iplb; run it with --verbose to see where, and report that"
                        .formatted(failure.getClass().getSimpleName()),
                failure);
    }
}
