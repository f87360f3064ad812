/** What a module takes: its documentation read as an argument spec, and Ansible's way of checking arguments against it. */
package io.jenkins.plugins.iplb.ansible.spec;
