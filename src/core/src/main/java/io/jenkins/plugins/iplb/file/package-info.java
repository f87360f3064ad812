/**
 * Change files: the wanted state of load balancers as people write it, read into operations of the catalogue that know
 * where they stand.
 */
package io.jenkins.plugins.iplb.file;
