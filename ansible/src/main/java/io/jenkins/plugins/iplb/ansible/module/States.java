package io.jenkins.plugins.iplb.ansible.module;

import io.jenkins.plugins.iplb.ansible.spec.Arguments;
import io.jenkins.plugins.iplb.api.Protocol;
import io.jenkins.plugins.iplb.parameter.Reference;
import io.jenkins.plugins.iplb.change.Removable;
import io.jenkins.plugins.iplb.change.Remove;
import java.util.Optional;

/** What modules with a state have in common. */
final class States {
    static final String PRESENT = "present";
    static final String ABSENT = "absent";

    private States() {}

    static boolean isAbsent(Arguments arguments) {
        return ABSENT.equals(arguments.text("state"));
    }

    static Protocol protocol(Arguments arguments) {
        return Protocol.parse(arguments.text("protocol"));
    }

    static Work removal(Arguments arguments, Removable what) {
        return Work.of(new Remove(arguments.text("service"), protocol(arguments), what));
    }

    /** Empty when it is not given. */
    static Optional<Reference> reference(Arguments arguments, String option) {
        return arguments.has(option) ? Optional.of(Reference.parse(option, arguments.text(option))) : Optional.empty();
    }
}
