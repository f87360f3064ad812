/** One run of one operation: it counts the calls, writes each into the record before it is sent, and keeps the deadline. */
package io.jenkins.plugins.iplb.run;
