/** The manual page and the completion of the shells, made from the commands themselves. */
package io.jenkins.plugins.iplb.cli.manual;
