/** What an administrator should know before it hurts: keys that end, and changes that nobody makes live. */
package io.jenkins.plugins.iplb.jenkins.health;
