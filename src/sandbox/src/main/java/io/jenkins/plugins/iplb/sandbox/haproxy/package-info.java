/**
 * What a zone has deployed, written as a configuration of HAProxy. OVH publishes no such translation: where a guide says how
 * something behaves, that is followed, and {@code docs/traffic.md} says what is our reading.
 */
package io.jenkins.plugins.iplb.sandbox.haproxy;
