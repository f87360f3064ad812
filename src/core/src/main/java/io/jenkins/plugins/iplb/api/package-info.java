/** The typed reads, writes and models of {@code /ipLoadbalancing} and {@code /ip}, as OVH's OpenAPI description has them. */
package io.jenkins.plugins.iplb.api;
