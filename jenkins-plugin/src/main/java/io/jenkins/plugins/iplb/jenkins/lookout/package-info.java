/** What load balancers are like now, for all who only want to know: the queue, the page of all, the health check. */
package io.jenkins.plugins.iplb.jenkins.lookout;
