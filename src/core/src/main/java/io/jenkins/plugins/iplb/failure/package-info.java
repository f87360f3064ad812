/** The kinds of failure that every face tells apart. Imported by all packages, imports none. */
package io.jenkins.plugins.iplb.failure;
