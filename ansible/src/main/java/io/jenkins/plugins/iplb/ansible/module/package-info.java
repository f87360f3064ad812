/** What the modules mean: each is one or two operations of the core's catalogue. */
package io.jenkins.plugins.iplb.ansible.module;
