/** The global page: named load balancers, allowed endpoints, request budget. */
package io.jenkins.plugins.iplb.jenkins.configuration;
