/** How operations show in build logs, and how they end steps and builders. */
package io.jenkins.plugins.iplb.jenkins.log;
