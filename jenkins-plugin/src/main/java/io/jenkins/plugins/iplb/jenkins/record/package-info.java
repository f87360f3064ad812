/**
 * The change record of a build: a file of its own beside {@code build.xml}, a copy among the artifacts, and the page that
 * shows it.
 */
package io.jenkins.plugins.iplb.jenkins.record;
