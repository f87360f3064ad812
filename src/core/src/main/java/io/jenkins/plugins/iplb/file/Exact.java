package io.jenkins.plugins.iplb.file;

import io.jenkins.plugins.iplb.api.Protocol;
import java.util.Optional;
import java.util.Set;

/**
 * That a collection holds what the file names and nothing else.
 *
 * @param collection such as {@code farms}
 * @param within the key of the object that holds it; empty for one that the load balancer holds
 * @param keys those that the file names
 */
public record Exact(Protocol protocol, String collection, Optional<String> within, Set<String> keys, Place place) {}
