/** Which load balancer a step, builder or gate means, and as whom it is called. */
package io.jenkins.plugins.iplb.jenkins.target;
