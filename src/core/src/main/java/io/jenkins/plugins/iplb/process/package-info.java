/** A process of its own for one operation: what the command and the Ansible modules are, and a controller is not. */
package io.jenkins.plugins.iplb.process;
