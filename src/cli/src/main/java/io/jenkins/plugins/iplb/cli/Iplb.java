package io.jenkins.plugins.iplb.cli;

import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

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
            RefreshCommand.class,
            CheckHttp2.class,
            Show.class
        },
        footer = {
            "",
            "Credentials come from the environment (OVH_ENDPOINT, OVH_APPLICATION_KEY, …) or from ovh.conf, never from an option.",
            "Exit codes: 0 done, 2 wrong arguments or settings, 3 refused, 4 failed, 5 deadline passed."
        })
public final class Iplb implements Runnable {
    final Machine machine;

    @Spec
    private CommandSpec spec;

    private Iplb(Machine machine) {
        this.machine = machine;
    }

    public static void main(String[] arguments) {
        System.exit(run(Machine.real(), arguments));
    }

    /** Runs one command. @return its exit code */
    static int run(Machine machine, String... arguments) {
        return new CommandLine(new Iplb(machine))
                .setOut(machine.out())
                .setErr(machine.err())
                .setParameterExceptionHandler((wrong, given) -> misused(machine, wrong, given))
                .execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing; see iplb --help");
    }

    private static int misused(Machine machine, ParameterException wrong, String[] given) {
        CommandLine command = wrong.getCommandLine();
        return Presenter.of(machine, Output.among(Arrays.asList(given)))
                .misused(command.getCommandName(), wrong.getMessage());
    }
}
