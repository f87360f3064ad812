/** Build steps: changes and the refresh gate for freestyle jobs, whose executor waits for them. */
package io.jenkins.plugins.iplb.jenkins.freestyle;
