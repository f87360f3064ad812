/**
 * The OVH API in a box. Written from OVH's OpenAPI description and guides, and never from the client, so that a mistake in
 * one is not mirrored in the other.
 *
 * <p>Start at {@link io.jenkins.plugins.iplb.sandbox.Sandbox}. {@code http} is the vocabulary of requests, replies and
 * routing; {@code schema} and {@code world} are what the API is about; {@code auth}, {@code loadbalancer} and {@code ip} are
 * its calls; {@code fault} is how it misbehaves; {@code server}, {@code tls} and {@code control} put it on the network.
 * {@code haproxy} writes what is deployed as a configuration of HAProxy, and {@code traffic} runs it, with the echoing servers of
 * {@code origin} behind it.
 */
package io.jenkins.plugins.iplb.sandbox;
