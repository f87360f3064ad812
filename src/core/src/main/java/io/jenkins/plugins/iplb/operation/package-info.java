/** What every face offers: one operation from its parameters to its report, on the run, the wait and the record below. */
package io.jenkins.plugins.iplb.operation;
