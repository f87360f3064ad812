/** The {@code iplb} command: parses, calls the core and shows. */
package io.jenkins.plugins.iplb.cli;
