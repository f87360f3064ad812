/**
 * What a module takes: its documentation read as an argument spec, and Ansible's way of checking arguments against it.
 *
 * <p>Every call of a module comes through here, in a process that lives for a moment: loops where elsewhere there would be
 * streams and lambdas, each of which takes a quarter of a millisecond at its first use.
 */
package io.jenkins.plugins.iplb.ansible.spec;
