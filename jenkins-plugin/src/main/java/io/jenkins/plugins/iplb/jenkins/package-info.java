/** The face of the core on a Jenkins controller. */
package io.jenkins.plugins.iplb.jenkins;
