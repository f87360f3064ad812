package io.jenkins.plugins.iplb.file;

import io.jenkins.plugins.iplb.operation.Operation;

/** One object as a file wants it. @param place of the object's key */
public record Wish(Operation.OnLoadBalancer operation, Place place) {}
