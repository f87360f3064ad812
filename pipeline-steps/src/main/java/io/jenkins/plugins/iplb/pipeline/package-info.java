/** The iplb… steps: each turns its parameters into an operation of the core, and its report into a map. */
package io.jenkins.plugins.iplb.pipeline;
