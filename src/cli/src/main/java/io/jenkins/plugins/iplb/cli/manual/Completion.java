package io.jenkins.plugins.iplb.cli.manual;

import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** A shell that completes commands, by a script of its own. */
public enum Completion {
    bash(Bash::script),
    zsh(Zsh::script),
    fish(Fish::script);

    private final Function<Described, String> script;

    Completion(Function<Described, String> script) {
        this.script = script;
    }

    /** What the shell reads to complete that command. */
    public String script(CommandSpec command) {
        return script.apply(Described.of(command));
    }
}
