/** OVHcloud API credentials in the credentials store. */
package io.jenkins.plugins.iplb.jenkins.credentials;
