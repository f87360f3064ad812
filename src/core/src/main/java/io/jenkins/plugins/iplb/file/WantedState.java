package io.jenkins.plugins.iplb.file;

import java.util.List;

/**
 * What a file wants of one load balancer. What it does not mention is not touched.
 *
 * @param wishes what is to be there, in an order in which nothing comes before what it leads to; then what is to be gone,
 *     the other way round
 */
public record WantedState(String service, List<Wish> wishes, List<Exact> exact) {}
