/** Origins that stand in for a load balancer's servers and answer with what they see. */
package io.jenkins.plugins.iplb.sandbox.origin;
