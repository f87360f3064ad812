/** Where checks of builds may connect from the controller. */
package io.jenkins.plugins.iplb.jenkins.check;
