/** What an administrator sees of all load balancers at once. */
package io.jenkins.plugins.iplb.jenkins.overview;
