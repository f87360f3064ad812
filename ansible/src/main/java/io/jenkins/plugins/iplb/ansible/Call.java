package io.jenkins.plugins.iplb.ansible;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What Ansible hands to a module: its arguments, and among them what Ansible itself has to say.
 *
 * @param arguments as they stand in the file
 */
record Call(ObjectNode arguments) {

    /** The name of the module without the collection's. */
    String module() {
        String name = arguments.path("_ansible_module_name").asText();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** Whether to say what it would do instead of doing it. */
    boolean check() {
        return arguments.path("_ansible_check_mode").booleanValue();
    }

    /** Whether the differences are wanted. */
    boolean diff() {
        return arguments.path("_ansible_diff").booleanValue();
    }

    /** Whether somebody is looking for a mistake. */
    boolean verbose() {
        return arguments.path("_ansible_verbosity").intValue() >= 3;
    }

    String ansibleVersion() {
        return arguments.path("_ansible_version").asText();
    }
}
