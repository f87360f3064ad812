/** What load balancers are like, read once for all of the controller that only want to know. */
package io.jenkins.plugins.iplb.jenkins.readings;
