/** One module call: reads the arguments file, asks the core, and answers with one JSON object. */
package io.jenkins.plugins.iplb.ansible;
