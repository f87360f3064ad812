/** The modules, one class each: from valid arguments to a wish of the core. */
package io.jenkins.plugins.iplb.ansible.module;
