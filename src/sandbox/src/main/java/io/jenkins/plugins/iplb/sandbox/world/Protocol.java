package io.jenkins.plugins.iplb.sandbox.world;

/** The three protocol families; objects never refer across them. */
public enum Protocol {
    http,
    tcp,
    udp
}
