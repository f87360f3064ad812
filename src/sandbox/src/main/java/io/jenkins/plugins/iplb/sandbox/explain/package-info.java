/**
 * What becomes of one request, and why: asked of a HAProxy that runs what is deployed and says what it makes of its rules. HAProxy
 * answers in the servers' place too, so that this needs no more than Java and HAProxy where it runs.
 */
package io.jenkins.plugins.iplb.sandbox.explain;
