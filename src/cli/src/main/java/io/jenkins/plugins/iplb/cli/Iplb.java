package io.jenkins.plugins.iplb.cli;

import io.jenkins.plugins.iplb.failure.FailureKind;
import io.jenkins.plugins.iplb.failure.IplbException;
import io.jenkins.plugins.iplb.process.HeadStart;
import io.jenkins.plugins.iplb.process.Machine;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import okhttp3.OkHttpClient;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command as a whole. */
@Command(
        name = "iplb",
        description = "Changes an OVHcloud Load Balancer, waits until the change is live, and leaves a record of it.",
        mixinStandardHelpOptions = true,
        version = "iplb 1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            SandboxCommand.class,
            AddRoute.class,
            AddRule.class,
            SetStickinessCommand.class,
            MoveFailoverCommand.class,
            DedicateFailoverCommand.class,
            EnsureFrontendCommand.class,
            EnsureFarmCommand.class,
            EnsureServerCommand.class,
            RemoveCommand.Route.class,
            RemoveCommand.Rule.class,
            RemoveCommand.Frontend.class,
            RemoveCommand.Farm.class,
            RemoveCommand.Server.class,
            RefreshCommand.class,
            CheckHttp2.class,
            Show.class
        },
        footer = {
            "",
            "Credentials come from the environment (OVH_ENDPOINT, OVH_APPLICATION_KEY, …) or from ovh.conf, never from an option.",
            "Exit codes: 0 done, 2 wrong arguments or settings, 3 refused, 4 failed, 5 deadline passed."
        })
public final class Iplb implements Callable<Integer> {
    private static final Set<String> LOCAL = Set.of("demo", "sandbox", "check-http2");
    private static final Set<String> HELP = Set.of("-h", "--help", "-V", "--version");

    final Console console;

    @Spec
    private CommandSpec spec;

    private Iplb(Console console) {
        this.console = console;
    }

    public static void main(String[] arguments) {
        Machine machine = Machine.real();
        Console console = Console.real(
                machine, callsOvh(arguments) ? HeadStart.connecting(machine)::client : endpoint -> new OkHttpClient());
        System.exit(run(console, arguments));
    }

    /** Whether it is likely, and OVH where the machine has it rather than an option. */
    private static boolean callsOvh(String... arguments) {
        return arguments.length > 1
                && !LOCAL.contains(arguments[0])
                && Arrays.stream(arguments).noneMatch(each -> each.startsWith("--endpoint") || HELP.contains(each));
    }

    /** Runs one command. @return its exit code */
    static int run(Console console, String... arguments) {
        return new CommandLine(new Iplb(console))
                .setOut(console.out())
                .setErr(console.err())
                // A name or a pattern may begin with @.
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((wrong, given) -> misused(console, wrong, given))
                .setExecutionExceptionHandler((failure, command, given) -> failed(console, failure, command))
                .execute(arguments);
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
        return Presenter.of(console, Output.among(Arrays.asList(given)))
                .misused(wrong.getCommandLine().getCommandName(), message);
    }

    private static int failed(Console console, Exception failure, CommandLine command) {
        CommonOptions common = command.getCommand() instanceof IplbCommand given ? given.common : new CommonOptions();
        if (!(failure instanceof IplbException) && common.verbose) {
            failure.printStackTrace(console.err());
        }
        return Presenter.of(console, common.output)
                .failed(command.getCommandName(), failure instanceof IplbException known ? known : unforeseen(failure));
    }

    private static IplbException unforeseen(Exception failure) {
        return new IplbException(
                FailureKind.UNAVAILABLE,
                "%s: this is a mistake in iplb; run it with --verbose to see where, and report that"
                        .formatted(failure.getClass().getSimpleName()),
                failure);
    }
}
