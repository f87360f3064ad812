/** Deployments: several operations, and between them what somebody's own command or block does. */
package io.jenkins.plugins.iplb.deployment;
