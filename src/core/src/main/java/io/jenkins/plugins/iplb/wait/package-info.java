/** Waiting without a thread: a wait is a state that can be stored, and a timer that takes it one step further. */
package io.jenkins.plugins.iplb.wait;
