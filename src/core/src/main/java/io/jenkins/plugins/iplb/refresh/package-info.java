/**
 * Making staged changes live: the checks before, and the gate that starts a refresh and waits until it is through.
 */
package io.jenkins.plugins.iplb.refresh;
