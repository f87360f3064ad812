/** Whether load balancers are as builds have left them, looked at now and then. */
package io.jenkins.plugins.iplb.jenkins.drift;
