/** What builds have planned, for people to look at before they agree. */
package io.jenkins.plugins.iplb.jenkins.plan;
