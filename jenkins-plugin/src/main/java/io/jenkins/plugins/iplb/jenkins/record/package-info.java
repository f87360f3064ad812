/** The change record of a build: its file, its artifact and its page. */
package io.jenkins.plugins.iplb.jenkins.record;
